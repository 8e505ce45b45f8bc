package org.acme.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkiverse.mcp.server.test.McpAssured.McpStdioTestClient;
import io.quarkiverse.posthog.emulator.EmulatorOptions;
import io.quarkiverse.posthog.emulator.PostHogEmulator;
import io.vertx.core.json.JsonObject;

/** Runs with {@code ./mvnw verify -Dstdio}, because not every repository has the transport. */
@EnabledIfSystemProperty(named = "stdio", matches = "true")
class StdioIT {

    @Test
    void flagsAreListed() {
        try (PostHogEmulator emulator = PostHogEmulator
                .start(new EmulatorOptions(0, "phc_emulator", "phx_emulator", "phs_emulator", true, 1));
                McpStdioTestClient client = McpAssured.newStdioClient()
                        .setCommand("java", "-Dquarkus.profile=stdio", "-jar", "target/quarkus-app/quarkus-run.jar")
                        .setEnvironment(Map.of("QUARKUS_POSTHOG_HOST", emulator.baseUrl(),
                                "QUARKUS_POSTHOG_PROJECT_API_KEY", emulator.projectApiKey(),
                                "QUARKUS_POSTHOG_PERSONAL_API_KEY", emulator.personalApiKey()))
                        .build().connect()) {
            client.when()
                    .toolsList(page -> assertThat(page.findByName("posthog_list_feature_flags")).isNotNull())
                    .toolsCall("posthog_list_feature_flags", Map.of(), response -> {
                        assertThat(response.isError()).isFalse();
                        assertThat(new JsonObject(response.firstContent().asText().text()).getJsonArray("results"))
                                .isNotEmpty();
                    }).thenAssertResults();

            assertThat(client.stderrLines()).anyMatch(line -> line.contains("started in"));
        }
    }
}
