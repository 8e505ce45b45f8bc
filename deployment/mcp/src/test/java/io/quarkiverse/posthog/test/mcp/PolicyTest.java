package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.mcp.server.test.McpAssured.ToolsPage;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Each policy with each operation. Each account has another policy. */
@Tag("AGT-5")
class PolicyTest {

    private static final Map<String, Object> UPDATE = Map.of("key", "new-checkout", "rollout_percentage", 60);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = McpApplication.enabled()
            .overrideConfigKey("quarkus.posthog.\"open\".project-id", "2")
            .overrideConfigKey("quarkus.posthog.\"careful\".project-id", "3")
            .overrideConfigKey("quarkus.posthog.\"readonly\".project-id", "4")
            .overrideConfigKey("quarkus.posthog.\"closed\".project-id", "5")
            .overrideRuntimeConfigKey("quarkus.posthog.mcp.accounts.\"open\".write", "allow")
            .overrideRuntimeConfigKey("quarkus.posthog.mcp.accounts.\"careful\".read", "ask")
            .overrideRuntimeConfigKey("quarkus.posthog.mcp.accounts.\"readonly\".write", "deny")
            .overrideRuntimeConfigKey("quarkus.posthog.mcp.accounts.\"closed\".read", "deny")
            .overrideRuntimeConfigKey("quarkus.posthog.mcp.accounts.\"closed\".write", "deny")
            .overrideRuntimeConfigKey("quarkus.posthog.mcp.approval-timeout", "1s");

    @BeforeEach
    void reset() {
        for (String account : List.of("open", "careful", "readonly", "closed")) {
            Emulator.of(account).reset();
        }
        Emulator.ofDefaultAccount().reset();
    }

    @Test
    void accountsThatAreDeniedAreNotOffered() {
        ToolsPage tools = McpClient.connect().tools();

        assertThat(accounts(tools, "posthog_list_feature_flags"))
                .isEqualTo(JsonArray.of("careful", "default", "open", "readonly"));
        assertThat(accounts(tools, "posthog_create_feature_flag")).isEqualTo(JsonArray.of("careful", "default", "open"));
    }

    private static JsonArray accounts(ToolsPage tools, String tool) {
        return tools.findByName(tool).inputSchema().getJsonObject("properties").getJsonObject("account").getJsonArray("enum");
    }

    @Test
    void allowedCallsAreSentWithoutAQuestion() {
        McpClient client = McpClient.connect();

        assertThat(client.result("posthog_list_cohorts", Map.of()).getString("account")).isEqualTo("default");
        JsonObject created = client.result("posthog_create_feature_flag",
                Map.of("account", "open", "name", "A", "key", "a"));
        assertThat(created.getString("account")).isEqualTo("open");
        assertThat(created.getInteger("project_id")).isEqualTo(2);
    }

    @Test
    void twoAccountsAreIndependent() {
        McpClient client = McpClient.connect();
        client.result("posthog_create_feature_flag", Map.of("account", "open", "name", "A", "key", "only-open"));

        assertThat(client.result("posthog_get_feature_flag", Map.of("account", "open", "key", "only-open"))
                .getInteger("project_id"))
                .isEqualTo(2);
        JsonObject error = client.error("posthog_get_feature_flag", Map.of("account", "readonly", "key", "only-open"));
        assertThat(error.getString("type")).isEqualTo("not_found");
        assertThat(error.getString("account")).isEqualTo("readonly");
        String cursor = client.result("posthog_list_feature_flags", Map.of("account", "open", "limit", 1)).getString("next");
        assertThat(client.error("posthog_list_feature_flags", Map.of("account", "readonly", "cursor", cursor))
                .getString("message"))
                .contains("belongs to account");
    }

    @Test
    void deniedCallsAreRejectedInTheHandler() {
        McpClient client = McpClient.connect();

        JsonObject read = client.error("posthog_list_cohorts", Map.of("account", "closed"));
        JsonObject write = client.error("posthog_create_feature_flag",
                Map.of("account", "readonly", "name", "A", "key", "a", "dry_run", true));

        assertThat(read.getString("type")).isEqualTo("denied");
        assertThat(write.getString("type")).isEqualTo("denied");
        assertThat(write.getString("account")).isEqualTo("readonly");
        assertThat(Emulator.of("closed").requests("/api/projects")).isEmpty();
    }

    @Test
    void unknownAccountsAreRejectedWithTheAllowedOnes() {
        JsonObject error = McpClient.connect().error("posthog_list_cohorts", Map.of("account", "opn"));

        assertThat(error.getString("type")).isEqualTo("unknown_account");
        assertThat(error.getString("message")).contains("did you mean open?");
        assertThat(error.getJsonArray("allowed")).isEqualTo(JsonArray.of("careful", "default", "open", "readonly"));
        assertThat(McpClient.connect().error("posthog_list_cohorts", Map.of("account", 5)).getString("type"))
                .isEqualTo("unknown_account");
    }

    @Tag("AGT-6")
    @Test
    void aClientThatCannotAskGetsInstructions() {
        McpClient client = McpClient.connect();

        JsonObject write = client.error("posthog_update_feature_flag", UPDATE);
        JsonObject read = client.error("posthog_list_cohorts", Map.of("account", "careful"));

        assertThat(write.getString("type")).isEqualTo("approval_required");
        assertThat(write.getString("hint")).contains("dry_run", "quarkus.posthog.mcp.accounts.\"default\".write=allow");
        assertThat(read.getString("type")).isEqualTo("approval_required");
        assertThat(read.getString("hint")).contains("quarkus.posthog.mcp.accounts.\"careful\".read=allow");
        assertThat(writes("default")).isEmpty();
        JsonObject preview = client.result("posthog_update_feature_flag",
                Map.of("key", "new-checkout", "rollout_percentage", 60, "dry_run", true));
        assertThat(preview.getBoolean("approval_required")).isTrue();
    }

    @Tag("AGT-6")
    @Test
    void theQuestionDescribesTheChange() {
        McpClient client = McpClient.withElicitation();
        AtomicReference<JsonObject> result = new AtomicReference<>();

        JsonObject question = client.callAndAnswer("posthog_update_feature_flag", UPDATE, McpClient.accept("once"), result);

        assertThat(question.getString("message")).contains("posthog_update_feature_flag", "account 'default'", "project 1",
                "\"new-checkout\"", "filters.groups[0].rollout_percentage: 50 -> 60", "PATCH /api/projects/1/feature_flags/");
        assertThat(question.getJsonObject("requestedSchema").getJsonObject("properties").getJsonObject("decision")
                .getJsonArray("enum")).isEqualTo(JsonArray.of("once", "session", "no"));
        assertThat(result.get().getJsonObject("filters").encode()).contains("\"rollout_percentage\":60");
        assertThat(writes("default")).hasSize(1);
    }

    @Tag("AGT-6")
    @Test
    void anApprovalIsForOneCallUnlessItIsForTheSession() {
        McpClient client = McpClient.withElicitation();
        AtomicReference<JsonObject> result = new AtomicReference<>();
        client.callAndAnswer("posthog_update_feature_flag", UPDATE, McpClient.accept("once"), result);
        client.callAndAnswer("posthog_update_feature_flag", UPDATE, McpClient.accept("session"), result);
        assertThat(result.get().containsKey("error")).isFalse();

        client.result("posthog_update_feature_flag", UPDATE);

        client.callAndAnswer("posthog_delete_feature_flag", Map.of("key", "new-checkout"), McpClient.accept("no"), result);
        assertThat(result.get().getJsonObject("error").getString("type")).isEqualTo("denied");
        McpClient other = McpClient.withElicitation();
        other.callAndAnswer("posthog_update_feature_flag", UPDATE, McpClient.accept("no"), result);
        assertThat(result.get().getJsonObject("error").getString("type")).isEqualTo("denied");
    }

    @Tag("AGT-6")
    @Test
    void everythingButAnApprovalIsARejection() {
        McpClient client = McpClient.withElicitation();
        AtomicReference<JsonObject> result = new AtomicReference<>();
        List<JsonObject> answers = List.of(new JsonObject().put("action", "decline"), new JsonObject().put("action", "cancel"),
                McpClient.accept("no"), McpClient.accept("yes"), new JsonObject().put("action", "accept"),
                new JsonObject().put("action", "accept").put("content", new JsonObject().put("decision", 1)));
        for (JsonObject answer : answers) {
            client.callAndAnswer("posthog_update_feature_flag", UPDATE, answer, result);
            assertThat(result.get().getJsonObject("error").getString("type")).as(answer.encode()).isEqualTo("denied");
            assertThat(result.get().getJsonObject("error").getString("message")).contains("rejected");
        }
        assertThat(writes("default")).isEmpty();
    }

    @Tag("AGT-6")
    @Test
    void noAnswerInTimeIsARejection() {
        McpClient client = McpClient.withElicitation();
        AtomicReference<JsonObject> result = new AtomicReference<>();

        client.callAndAnswer("posthog_update_feature_flag", UPDATE, null, result);

        assertThat(result.get().getJsonObject("error").getString("type")).isEqualTo("denied");
        assertThat(result.get().getJsonObject("error").getString("message")).contains("in time");
        assertThat(writes("default")).isEmpty();
    }

    @Tag("AGT-6")
    @Test
    void readsCanRequireApproval() {
        McpClient client = McpClient.withElicitation();
        AtomicReference<JsonObject> result = new AtomicReference<>();

        JsonObject question = client.callAndAnswer("posthog_list_events",
                Map.of("account", "careful", "event", "$pageview\nproject 1"), McpClient.accept("once"), result);

        assertThat(question.getString("message")).contains("account 'careful'", "event: $pageview project 1");
        assertThat(result.get().getString("account")).isEqualTo("careful");
    }

    /** The change is not what was approved if another one came before it. */
    @Tag("AGT-6")
    @Test
    void aChangeBetweenQuestionAndAnswerIsAConflict() {
        McpClient client = McpClient.withElicitation();
        JsonObject request = client.raw().newRequest("tools/call").put("params", new JsonObject()
                .put("name", "posthog_update_feature_flag").put("arguments", new JsonObject(UPDATE)));
        client.raw().sendAndForget(request);
        JsonObject question = client.raw().waitForRequests(1).requests().get(0);
        McpClient other = McpClient.withElicitation();
        AtomicReference<JsonObject> result = new AtomicReference<>();
        other.callAndAnswer("posthog_update_feature_flag", Map.of("key", "new-checkout", "active", false),
                McpClient.accept("once"), result);

        client.raw().sendAndForget(new JsonObject().put("jsonrpc", "2.0").put("id", question.getLong("id"))
                .put("result", McpClient.accept("once")));

        JsonObject content = client.raw().waitForResponse(request).getJsonObject("result").getJsonObject("structuredContent");
        assertThat(content.getJsonObject("error").getString("type")).isEqualTo("conflict");
    }

    private static List<JsonObject> writes(String account) {
        Emulator emulator = account.equals("default") ? Emulator.ofDefaultAccount() : Emulator.of(account);
        return emulator.requests("/").stream().filter(request -> !request.getString("method").equals("GET")).toList();
    }

    @Test
    void theQuestionHasNoInvisibleCharacters() {
        McpClient client = McpClient.withElicitation();
        AtomicReference<JsonObject> result = new AtomicReference<>();

        JsonObject question = client.callAndAnswer("posthog_capture_event",
                Map.of("event", "purchase\u202Eegral\u2028x", "distinct_id", "user-1"), McpClient.accept("no"), result);

        assertThat(question.getString("message")).contains("\"purchase egral x\"").doesNotContain("\u202E", "\u2028");
    }
}
