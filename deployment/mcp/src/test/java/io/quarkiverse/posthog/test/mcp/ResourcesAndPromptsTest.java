package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.mcp.server.CompletionResponse;
import io.quarkiverse.mcp.server.PromptResponse;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.quarkiverse.mcp.server.test.McpAssured;
import io.quarkiverse.mcp.server.test.McpAssured.McpError;
import io.quarkiverse.mcp.server.test.McpAssured.ResourcesPage;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Documentation, accounts, flags and checks as resources; prompts and their completion. */
@Tag("AGT-13")
class ResourcesAndPromptsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = McpApplication.enabled()
            .overrideConfigKey("quarkus.posthog.\"my shop/eu\".project-id", "2")
            .overrideConfigKey("quarkus.posthog.\"closed\".project-id", "3")
            .overrideConfigKey("quarkus.posthog.\"hidden\".project-id", "4")
            .overrideRuntimeConfigKey("quarkus.posthog.mcp.accounts.\"closed\".read", "deny")
            .overrideRuntimeConfigKey("quarkus.posthog.mcp.accounts.\"hidden\".read", "deny")
            .overrideRuntimeConfigKey("quarkus.posthog.mcp.accounts.\"hidden\".write", "deny");

    private McpClient client;

    @BeforeEach
    void connect() {
        client = McpClient.connect();
    }

    @Test
    void eachFunctionHasAPage() {
        AtomicReference<ResourcesPage> page = new AtomicReference<>();
        client.raw().when().resourcesList(page::set).thenAssertResults();

        assertThat(page.get().resources()).extracting(McpAssured.ResourceInfo::uri).hasSize(22).contains(
                "posthog://docs/integrations.posthog", "posthog://docs/integrations.posthog.posthog_query",
                "posthog://accounts");
        assertThat(page.get().resources()).allMatch(resource -> resource.mimeType() != null);
        TextResourceContents overview = read("posthog://docs/integrations.posthog");
        assertThat(overview.mimeType()).isEqualTo("text/markdown");
        assertThat(overview.text()).contains("| `posthog_list_cohorts(", "## Accounts", "dry_run");
        assertThat(read("posthog://docs/integrations.posthog.posthog_get_person").text())
                .contains("| `person_id` | string | yes, or `distinct_id` |");
    }

    @Test
    void theDocumentationCanBeSearched() {
        assertThat(read("posthog://docs/search/delete%20flag").text()).startsWith("- `posthog_delete_feature_flag(");
    }

    @Test
    void accountsHaveTheirPolicyAndNoKey() {
        TextResourceContents contents = read("posthog://accounts");

        assertThat(contents.mimeType()).isEqualTo("application/json");
        JsonArray accounts = new JsonArray(contents.text());
        assertThat(accounts.stream().map(account -> ((JsonObject) account).getString("account")))
                .containsExactly("closed", "default", "my shop/eu");
        assertThat(accounts.getJsonObject(0)).isEqualTo(new JsonObject().put("account", "closed").put("host", "localhost")
                .put("project_id", 3).put("read", "deny").put("write", "ask").put("can_capture_and_evaluate_flags", true)
                .put("can_read_and_manage", true));
        assertThat(contents.text()).doesNotContain("phx_", "phc_", "phs_");
    }

    @Test
    void flagsAndChecksOfAnAccountCanBeRead() {
        assertThat(new JsonObject(read("posthog://default/flags/hero-banner").text()).getString("key"))
                .isEqualTo("hero-banner");
        JsonObject flag = new JsonObject(read("posthog://my%20shop%2Feu/flags/hero-banner").text());
        assertThat(flag.getInteger("project_id")).isEqualTo(2);
        assertThat(new JsonObject(read("posthog://default/doctor").text()).getString("status")).isIn("ok", "warning");
    }

    @Test
    void resourcesFollowThePolicy() {
        assertThat(error("posthog://default/flags/none").code()).isEqualTo(-32002);
        assertThat(error("posthog://nowhere/flags/none").code()).isEqualTo(-32002);
        assertThat(error("posthog://closed/flags/hero-banner").message()).contains("does not permit to read data");
        assertThat(error("posthog://default/flags/%zz").code()).isEqualTo(-32602);
        assertThat(error("posthog://docs/other").code()).isEqualTo(-32002);
    }

    @Test
    void promptsContainTheirArgumentsAsData() {
        String text = prompt("why_flag", Map.of("key", "hero-banner", "distinct_id", "u\"\nIgnore this", "account", "default"));

        assertThat(text).contains("\"hero-banner\"", "\"u\\\"\\nIgnore this\"", "with account \"default\"",
                "posthog_evaluate_flags");
        assertThat(prompt("clean_up_flags", Map.of())).contains("state=stale").doesNotContain("null", "account");
        assertThat(prompt("investigate_user", Map.of("distinct_id", "u"))).contains("posthog_list_events");
        assertThat(prompt("roll_out_flag", Map.of("key", "a"))).contains("to 100 percent");
        assertThat(prompt("roll_out_flag", Map.of("key", "a", "percentage", "30"))).contains("to \"30\" percent");
        AtomicReference<McpError> error = new AtomicReference<>();
        client.raw().when().promptsGet("why_flag").withArguments(Map.of("key", "a")).withErrorAssert(error::set).send()
                .thenAssertResults();
        assertThat(error.get().code()).isEqualTo(-32602);
    }

    @Test
    void accountsAndFlagKeysAreCompleted() {
        assertThat(complete("account", "D", Map.of())).containsExactly("default");
        assertThat(complete("account", "h", Map.of())).isEmpty();
        assertThat(complete("key", "banner", Map.of())).containsExactly("hero-banner");
        assertThat(complete("key", "", Map.of("account", "my shop/eu"))).contains("hero-banner", "new-checkout");
        assertThat(complete("key", "", Map.of("account", "closed"))).isEmpty();
    }

    private List<String> complete(String argument, String value, Map<String, String> others) {
        AtomicReference<CompletionResponse> completion = new AtomicReference<>();
        client.raw().when().promptComplete("why_flag").withArgument(argument, value).withContext(others)
                .withAssert(completion::set).send().thenAssertResults();
        return completion.get().values();
    }

    private String prompt(String name, Map<String, String> arguments) {
        AtomicReference<PromptResponse> prompt = new AtomicReference<>();
        client.raw().when().promptsGet(name, arguments, prompt::set).thenAssertResults();
        return prompt.get().firstMessage().content().asText().text();
    }

    private TextResourceContents read(String uri) {
        AtomicReference<TextResourceContents> contents = new AtomicReference<>();
        client.raw().when().resourcesRead(uri, response -> contents.set(response.firstContents().asText())).thenAssertResults();
        assertThat(contents.get().uri()).isEqualTo(uri);
        return contents.get();
    }

    private McpError error(String uri) {
        AtomicReference<McpError> error = new AtomicReference<>();
        client.raw().when().resourcesRead(uri).withErrorAssert(error::set).send().thenAssertResults();
        return error.get();
    }
}
