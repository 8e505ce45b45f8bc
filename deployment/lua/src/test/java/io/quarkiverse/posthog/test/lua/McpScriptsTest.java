package io.quarkiverse.posthog.test.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.mcp.server.ClientCapability;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkiverse.mcp.server.test.McpAssured.McpStreamableTestClient;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonObject;

/** The tools of MCP clients, whose scripts follow the policy of MCP. */
class McpScriptsTest {

    private static final String TWO_CHANGES = """
            local posthog = app.integrations.posthog
            print(pcall(posthog.capture_event, 'first', 'u') )
            print(pcall(posthog.capture_event, 'second', 'u'))
            """;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.permissive(McpScriptsTest.class)
            .overrideConfigKey("quarkus.posthog.mcp.enabled", "true")
            .overrideConfigKey("quarkus.posthog.\"readonly\".project-id", "3")
            .overrideConfigKey("quarkus.posthog.\"production-eu\".project-id", "4")
            .overrideConfigKey("quarkus.posthog.\"production-us\".project-id", "5")
            .overrideConfigKey("quarkus.posthog.\"marketing-website\".project-id", "6")
            .overrideRuntimeConfigKey("quarkus.posthog.mcp.accounts.\"work\".write", "allow")
            .overrideRuntimeConfigKey("quarkus.posthog.mcp.accounts.\"readonly\".write", "deny");

    @BeforeEach
    void reset() {
        LuaApplication.reset();
        questions = 0;
    }

    @Test
    @Tag("LUA-10")
    void theToolsAreSmall() {
        McpStreamableTestClient client = client(false);
        JsonObject request = client.newRequest("tools/list");
        client.sendAndForget(request);
        JsonObject result = client.waitForResponse(request).getJsonObject("result");

        assertThat(result.encode().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(24 * 1024);
        List<JsonObject> tools = result.getJsonArray("tools").stream().map(JsonObject.class::cast).toList();
        assertThat(tools).extracting(tool -> tool.getString("name")).contains("lua_list_docs", "lua_search_docs",
                "lua_read_doc", "execute_lua", "posthog_list_events").hasSize(24);
        JsonObject execute = tools.stream().filter(tool -> tool.getString("name").equals("execute_lua")).findFirst()
                .orElseThrow();
        assertThat(execute.getJsonObject("inputSchema").getJsonObject("properties").fieldNames()).containsExactly("code",
                "dry_run", "cpu_limit", "memory_limit");
        assertThat(execute.getJsonObject("annotations").getBoolean("readOnlyHint")).isFalse();
    }

    @Test
    void theDocumentationCanBeListedSearchedAndRead() {
        McpStreamableTestClient client = client(false);

        assertThat(text(call(client, "lua_list_docs", Map.of()))).contains("`app.integrations.posthog`", "Guides: overview");
        assertThat(text(call(client, "lua_list_docs", Map.of("namespace", "app.integrations.posthog"))))
                .contains("`posthog_list_events`");
        assertThat(text(call(client, "lua_search_docs", Map.of("query", "delete flag", "limit", 1)))).contains(
                "posthog_delete_feature_flag").doesNotContain("posthog_list_cohorts");
        assertThat(text(call(client, "lua_read_doc", Map.of("page", "app.integrations.posthog.posthog_list_events"))))
                .contains("```lua");
        assertThat(text(call(client, "lua_read_doc", Map.of("page", "overview")))).contains("# Scripts");
        ToolResponse unknown = call(client, "lua_read_doc", Map.of("page", "nothing"));
        assertThat(unknown.isError()).isTrue();
        assertThat(text(unknown)).contains("Pages: overview, examples");
    }

    @Test
    @Tag("LUA-10")
    void aScriptReturnsTextAndStructuredContent() {
        ToolResponse response = call(client(false), "execute_lua",
                Map.of("code", "print('a') return #app.integrations.posthog.list_cohorts().results"));

        assertThat(response.isError()).isFalse();
        JsonObject result = json(response.structuredContent());
        assertThat(new JsonObject(text(response))).isEqualTo(result);
        assertThat(result.getBoolean("success")).isTrue();
        assertThat(result.getString("output")).isEqualTo("a\n");
        assertThat(result.getInteger("result")).isPositive();
        assertThat(result.getJsonArray("calls").getJsonObject(0).getString("status")).isEqualTo("ok");
    }

    @Test
    void invalidArgumentsAndScriptsAreErrors() {
        McpStreamableTestClient client = client(false);

        assertThat(text(call(client, "execute_lua", Map.of()))).contains("code is required");
        assertThat(text(call(client, "execute_lua", Map.of("code", "x", "cpuLimit", 1)))).contains("did you mean cpu_limit?");
        assertThat(text(call(client, "execute_lua", Map.of("code", "return 1", "cpu_limit", 60))))
                .contains("at most 30.0 seconds");
        ToolResponse failed = call(client, "execute_lua", Map.of("code", "print('x')\nerror('y')"));
        assertThat(failed.isError()).isTrue();
        JsonObject result = json(failed.structuredContent());
        assertThat(result.getString("output")).isEqualTo("x\n");
        assertThat(result.getJsonObject("error").getInteger("line")).isEqualTo(2);
    }

    @Test
    @Tag("LUA-4")
    void scriptsFollowThePolicyOfMcp() {
        McpStreamableTestClient client = client(false);

        assertThat(error(client, "app.integrations.posthog.capture_event('x', 'u')")).isEqualTo("approval_required");
        assertThat(error(client, "app.integrations.posthog.readonly.capture_event('x', 'u')")).isEqualTo("denied");
        assertThat(error(client, "app.integrations.posthog.work.capture_event('x', 'u')")).isNull();
        assertThat(LuaApplication.writes()).isEmpty();
    }

    @Test
    @Tag("LUA-4")
    void thePersonCanApproveOneChange() {
        McpStreamableTestClient client = client(true);

        JsonObject result = answered(client, TWO_CHANGES, "once", "no");

        assertThat(result.getBoolean("success")).isTrue();

        assertThat(LuaApplication.requests("/batch")).hasSize(1);
    }

    @Test
    @Tag("LUA-4")
    void thePersonCanApproveAllChangesOfTheScript() {
        McpStreamableTestClient client = client(true);

        answered(client, TWO_CHANGES, "script");

        assertThat(LuaApplication.requests("/batch")).hasSize(2);
        // The next script asks again
        JsonObject result = answered(client, "app.integrations.posthog.capture_event('x', 'u')", "no");
        assertThat(result.getJsonObject("error").getString("type")).isEqualTo("denied");
    }

    @Test
    @Tag("LUA-4")
    void aRejectedScriptDoesNotAskAgain() {
        McpStreamableTestClient client = client(true);

        JsonObject result = answered(client, TWO_CHANGES, "no");

        assertThat(result.getBoolean("success")).isTrue();
        assertThat(result.getString("output")).contains("false\tThe user rejected posthog_capture_event.");
        assertThat(client.waitForRequests(1).requests()).hasSize(1);
        assertThat(LuaApplication.writes()).isEmpty();
    }

    @Test
    @Tag("LUA-5")
    void aDryRunChangesNothingAndDoesNotAsk() {
        ToolResponse response = call(client(false), "execute_lua", Map.of("dry_run", true, "code",
                "return app.integrations.posthog.capture_event('x', 'u').dry_run"));

        assertThat(json(response.structuredContent()).getBoolean("result")).isTrue();
        assertThat(LuaApplication.writes()).isEmpty();
    }

    private static String error(McpStreamableTestClient client, String code) {
        JsonObject error = json(call(client, "execute_lua", Map.of("code", code)).structuredContent()).getJsonObject("error");
        return error == null ? null : error.getString("type");
    }

    private int questions;

    /** Runs a script, and answers its questions. */
    private JsonObject answered(McpStreamableTestClient client, String code, String... decisions) {
        JsonObject request = client.newRequest(McpAssured.TOOLS_CALL).put("params",
                new JsonObject().put("name", "execute_lua").put("arguments", new JsonObject().put("code", code)));
        client.sendAndForget(request);
        for (String decision : decisions) {
            JsonObject question = client.waitForRequests(++questions).requests().get(questions - 1);
            assertThat(question.getString("method")).isEqualTo("elicitation/create");
            assertThat(question.encode()).contains("Call by a script: ", "\"script\"",
                    "script: also all later calls of this script that change data, with any account.");
            client.sendAndForget(new JsonObject().put("jsonrpc", "2.0").put("id", question.getLong("id")).put("result",
                    new JsonObject().put("action", "accept").put("content", new JsonObject().put("decision", decision))));
        }
        return client.waitForResponse(request).getJsonObject("result").getJsonObject("structuredContent");
    }

    static McpStreamableTestClient client(boolean elicitation) {
        return client(elicitation, null, null);
    }

    /** @param user null for a client without a user */
    static McpStreamableTestClient client(boolean elicitation, String user, String password) {
        var builder = McpAssured.newStreamableClient().setBaseUri(URI.create("http://localhost:"
                + ConfigProvider.getConfig().getValue("quarkus.http.test-port", int.class)));
        if (user != null) {
            builder.setBasicAuth(user, password);
        }
        return (elicitation ? builder.setClientCapabilities(new ClientCapability(ClientCapability.ELICITATION, Map.of()))
                : builder).build().connect();
    }

    static ToolResponse call(McpStreamableTestClient client, String tool, Map<String, Object> arguments) {
        AtomicReference<ToolResponse> response = new AtomicReference<>();
        client.when().toolsCall(tool, arguments, response::set).thenAssertResults();
        return response.get();
    }

    static String text(ToolResponse response) {
        assertThat(response.structuredContent()).isNotNull();
        return response.firstContent().asText().text();
    }

    @SuppressWarnings("unchecked")
    static JsonObject json(Object structured) {
        return structured instanceof JsonObject json ? json : new JsonObject((Map<String, Object>) structured);
    }
}
