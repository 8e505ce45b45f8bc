package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.mcp.server.ClientCapability;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkiverse.mcp.server.test.McpAssured.McpStreamableTestClient;
import io.quarkiverse.mcp.server.test.McpAssured.ToolsPage;
import io.vertx.core.json.JsonObject;

/** A client of the application under test. */
final class McpClient {

    static {
        // The client of the MCP server waits for each response with Awaitility, which polls every 100 ms otherwise
        Awaitility.pollInSameThread();
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(2));
    }

    private final McpStreamableTestClient client;
    private int questions;

    private McpClient(McpStreamableTestClient client) {
        this.client = client;
    }

    static McpClient connect() {
        return new McpClient(builder().build().connect());
    }

    /** A client that can ask its user. */
    static McpClient withElicitation() {
        return new McpClient(builder().setClientCapabilities(new ClientCapability(ClientCapability.ELICITATION, Map.of()))
                .build().connect());
    }

    static McpStreamableTestClient.Builder builder() {
        return McpAssured.newStreamableClient().setBaseUri(uri());
    }

    static URI uri() {
        return URI.create("http://localhost:" + ConfigProvider.getConfig().getValue("quarkus.http.test-port", int.class));
    }

    McpStreamableTestClient raw() {
        return client;
    }

    ToolsPage tools() {
        AtomicReference<ToolsPage> tools = new AtomicReference<>();
        client.when().toolsList(tools::set).thenAssertResults();
        return tools.get();
    }

    /** Calls a tool. Returns the structured content, whose JSON text must also be the text. */
    JsonObject call(String tool, Map<String, Object> arguments) {
        AtomicReference<ToolResponse> response = new AtomicReference<>();
        client.when().toolsCall(tool, arguments, response::set).thenAssertResults();
        JsonObject structured = json(response.get().structuredContent());
        assertThat(response.get().content()).hasSize(1);
        assertThat(new JsonObject(response.get().firstContent().asText().text())).isEqualTo(structured);
        assertThat(response.get().isError()).isEqualTo(structured.containsKey("error"));
        return structured;
    }

    static List<JsonObject> rows(JsonObject list) {
        return list.getJsonArray("results").stream().map(JsonObject.class::cast).toList();
    }

    /** Calls a tool, and requires a result that is not an error. */
    JsonObject result(String tool, Map<String, Object> arguments) {
        JsonObject result = call(tool, arguments);
        assertThat(result.getJsonObject("error")).isNull();
        return result;
    }

    /** Calls a tool, and requires an error. */
    JsonObject error(String tool, Map<String, Object> arguments) {
        JsonObject result = call(tool, arguments);
        assertThat(result.fieldNames()).containsExactly("error");
        return result.getJsonObject("error");
    }

    /**
     * Calls a tool that asks the user. Returns the question.
     *
     * @param result receives the structured content
     */
    JsonObject callAndAnswer(String tool, Map<String, Object> arguments, JsonObject answer,
            AtomicReference<JsonObject> result) {
        JsonObject request = client.newRequest(McpAssured.TOOLS_CALL)
                .put("params", new JsonObject().put("name", tool).put("arguments", new JsonObject(arguments)));
        client.sendAndForget(request);
        JsonObject question = client.waitForRequests(++questions).requests().get(questions - 1);
        assertThat(question.getString("method")).isEqualTo("elicitation/create");
        if (answer != null) {
            client.sendAndForget(
                    new JsonObject().put("jsonrpc", "2.0").put("id", question.getLong("id")).put("result", answer));
        }
        result.set(client.waitForResponse(request).getJsonObject("result").getJsonObject("structuredContent"));
        return question.getJsonObject("params");
    }

    static JsonObject accept(String decision) {
        return new JsonObject().put("action", "accept").put("content", new JsonObject().put("decision", decision));
    }

    @SuppressWarnings("unchecked")
    private static JsonObject json(Object structured) {
        return structured instanceof JsonObject json ? json : new JsonObject((Map<String, Object>) structured);
    }
}
