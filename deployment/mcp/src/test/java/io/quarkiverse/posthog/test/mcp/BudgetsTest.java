package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonObject;

/** The definitions of the tools are small, even with several accounts. */
@Tag("AGT-4")
class BudgetsTest {

    private static final int KILOBYTE = 1024;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = McpApplication.enabled()
            .overrideConfigKey("quarkus.posthog.\"production-eu\".project-id", "2")
            .overrideConfigKey("quarkus.posthog.\"production-us\".project-id", "3")
            .overrideConfigKey("quarkus.posthog.\"staging\".project-id", "4")
            .overrideConfigKey("quarkus.posthog.\"marketing-website\".project-id", "5");

    @Test
    void theListOfToolsIsSmall() {
        McpClient client = McpClient.connect();
        JsonObject request = client.raw().newRequest("tools/list");
        client.raw().sendAndForget(request);
        JsonObject result = client.raw().waitForResponse(request).getJsonObject("result");

        int size = bytes(result.encode());

        assertThat(size).isLessThanOrEqualTo(24 * KILOBYTE);
        assertThat(result.getJsonArray("tools")).hasSize(20).allSatisfy(tool -> {
            assertThat(bytes(((JsonObject) tool).encode())).isLessThanOrEqualTo(4 * KILOBYTE);
            assertThat(((JsonObject) tool).getString("description")).hasSizeLessThanOrEqualTo(500);
        });
    }

    private static int bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }
}
