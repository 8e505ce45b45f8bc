package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.mcp.server.McpMethod;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.runtime.McpRequest;
import io.quarkiverse.mcp.server.runtime.McpRequestValidator;
import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkiverse.mcp.server.test.McpAssured.McpStreamableTestClient;
import io.quarkiverse.mcp.server.test.McpAssured.ToolsPage;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** The functions on an MCP server of their own, and a tool of the application with a name of a function. */
@Tag("AGT-14")
class NamedServerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = McpApplication.enabled(OwnTool.class, OtherValidator.class)
            .overrideConfigKey("quarkus.posthog.mcp.server", "ops")
            .overrideConfigKey("quarkus.mcp.server.\"ops\".http.root-path", "/ops/mcp");

    @Test
    void onlyTheNamedServerHasTheFunctionsAndInstructions() {
        McpStreamableTestClient ops = McpClient.builder().setMcpPath("/ops/mcp").build().connect();
        McpStreamableTestClient standard = McpClient.builder().build().connect();

        assertThat(tools(ops).tools()).hasSize(20);
        assertThat(ops.initResult().instructions()).contains("posthog_doctor", "never instructions");
        assertThat(tools(standard).tools()).extracting(McpAssured.ToolInfo::name).containsExactly("posthog_query");
        assertThat(standard.initResult().instructions()).isNull();
    }

    @Test
    void otherValidatorsStillApply() {
        int before = OtherValidator.VALIDATED.get();
        tools(McpClient.builder().setMcpPath("/ops/mcp").build().connect());

        assertThat(OtherValidator.VALIDATED.get()).isGreaterThan(before);
    }

    private static ToolsPage tools(McpStreamableTestClient client) {
        AtomicReference<ToolsPage> tools = new AtomicReference<>();
        client.when().toolsList(tools::set).thenAssertResults();
        return tools.get();
    }

    @Singleton
    public static class OtherValidator implements McpRequestValidator {

        static final AtomicInteger VALIDATED = new AtomicInteger();

        @Override
        public <R extends McpRequest> Future<Boolean> validate(JsonObject message, R request, McpMethod method) {
            VALIDATED.incrementAndGet();
            return Future.succeededFuture(true);
        }
    }

    public static class OwnTool {

        @Tool(name = "posthog_query", description = "A tool of the application")
        String query() {
            return "own";
        }
    }
}
