package io.quarkiverse.posthog.test.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.test.DevUiClient;
import io.quarkiverse.posthog.test.Ports;
import io.quarkus.test.QuarkusDevModeTest;

/** The page of the Dev UI runs scripts. */
@Tag("LUA-11")
class DevUiScriptsTest {

    private static final int PORT = Ports.free();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root.addAsResource(new StringAsset("""
                    quarkus.http.port=%d
                    quarkus.posthog.lua.enabled=true
                    """.formatted(PORT)), "application.properties"));

    @Test
    void scriptsAreRunWithApprovalOfTheDeveloper() throws Exception {
        assertThat(get("/q/dev-ui/quarkus-posthog-lua/qwc-posthog-scripts.js").body()).contains("class QwcPosthogScripts");
        assertThat(get("/q/dev-ui/quarkus-posthog/posthog-shared.js").statusCode()).isEqualTo(200);

        try (DevUiClient devUi = new DevUiClient(PORT, "quarkus-posthog-lua")) {
            JsonNode result = run(devUi,
                    "print('x') return app.integrations.posthog.create_feature_flag({ key = 'of-dev-ui', name = 'A' }).key",
                    false, 0, 0);
            assertThat(result.at("/success").booleanValue()).as(result.toString()).isTrue();
            assertThat(result.at("/output").asText()).isEqualTo("x\n");
            assertThat(result.at("/result").asText()).isEqualTo("of-dev-ui");
            assertThat(result.at("/calls")).hasSize(1);

            JsonNode dryRun = run(devUi,
                    "return app.integrations.posthog.update_feature_flag({ key = 'of-dev-ui', active = false }).dry_run", true,
                    1,
                    2_000_000);
            assertThat(dryRun.at("/result").booleanValue()).as(dryRun.toString()).isTrue();

            assertThat(run(devUi, "error('y')", false, 0, 0).at("/error/line").asInt()).isEqualTo(1);
            assertThat(devUi.call("limits").at("/calls").asInt()).isEqualTo(200);
            assertThat(devUi.call("documentation", "page", "overview").asText()).contains("# Scripts");
        }
    }

    private static JsonNode run(DevUiClient devUi, String code, boolean dryRun, int cpuLimit, int memoryLimit) {
        return devUi.call("run", "code", code, "dryRun", dryRun, "cpuLimit", cpuLimit, "memoryLimit", memoryLimit);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + path)).build(),
                BodyHandlers.ofString());
    }
}
