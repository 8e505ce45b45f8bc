package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.mcp.server.test.McpAssured.ToolInfo;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonObject;

/** MCP clients can list and call the functions. */
class ToolsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = McpApplication.permissive();

    private McpClient client;

    @BeforeEach
    void connect() {
        client = McpClient.connect();
        Emulator.ofDefaultAccount().reset();
    }

    @Test
    void toolsAreListed() {
        int total = 0;
        for (ToolInfo tool : client.tools().tools()) {
            System.out.println(
                    tool.name() + " in " + tool.inputSchema().encode().length() + " desc " + tool.description().length());
        }
        assertThat(client.tools().tools()).hasSize(19);
    }

    @Test
    void flagsAreListed() {
        JsonObject result = client.result("posthog_list_feature_flags", Map.of());
        System.out.println(result.encodePrettily());
        assertThat(result.getJsonArray("results")).isNotEmpty();
    }

    @Test
    void aFlagIsCreated() {
        JsonObject result = client.result("posthog_create_feature_flag",
                Map.of("name", "New Dashboard", "key", "new-dashboard", "rollout_percentage", 50));
        System.out.println(result.encodePrettily());
    }
}
