package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.mcp.server.test.McpAssured.ToolAnnotations;
import io.quarkiverse.mcp.server.test.McpAssured.ToolsPage;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Each function, called by an MCP client, with the emulator. */
class ToolsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = McpApplication.permissive()
            .overrideRuntimeConfigKey("quarkus.posthog.retry.max-retries", "0");

    private final Emulator emulator = Emulator.ofDefaultAccount();
    private McpClient client;

    @BeforeEach
    void connect() {
        client = McpClient.connect();
        emulator.reset();
    }

    @Tag("AGT-4")
    @Test
    void toolsHaveHints() {
        ToolsPage tools = client.tools();

        assertThat(tools.tools()).hasSize(20);
        assertThat(hints(tools, "posthog_list_events")).isEqualTo(new ToolAnnotations(null, true, false, true, true));
        assertThat(hints(tools, "posthog_capture_event")).isEqualTo(new ToolAnnotations(null, false, false, false, true));
        assertThat(hints(tools, "posthog_update_feature_flag")).isEqualTo(new ToolAnnotations(null, false, true, true, true));
        assertThat(hints(tools, "posthog_restore_feature_flag")).isEqualTo(new ToolAnnotations(null, false, false, true, true));
        assertThat(tools.findByName("posthog_list_events").title()).isEqualTo("List events");
    }

    private static ToolAnnotations hints(ToolsPage tools, String tool) {
        return tools.findByName(tool).annotations().orElseThrow();
    }

    @Test
    void anEventIsCapturedAndRead() {
        JsonObject captured = client.result("posthog_capture_event",
                Map.of("event", "purchase", "distinct_id", "user-123", "properties",
                        Map.of("amount", 49.99, "email", "jane@example.com", "tags", List.of("a", "b"))));

        assertThat(captured.getString("message")).isEqualTo("The event was captured.");
        assertThat(captured.getString("account")).isEqualTo("default");
        assertThat(captured.getInteger("project_id")).isEqualTo(1);
        String uuid = captured.getJsonObject("result").getString("uuid");
        JsonObject event = Awaitility.await().until(() -> client.call("posthog_get_event", Map.of("event_id", uuid)),
                result -> !result.containsKey("error"));
        assertThat(event.getString("event")).isEqualTo("purchase");
        assertThat(event.getJsonObject("properties").getDouble("amount")).isEqualTo(49.99);
        assertThat(event.getJsonObject("properties").getString("email")).isEqualTo("[email masked]");
        assertThat(event.getJsonObject("properties").fieldNames()).doesNotContain("$lib", "$current_url");
        assertThat(event.getJsonObject("person").encode()).doesNotContain("jane@example.com");
        JsonObject full = client.result("posthog_get_event", Map.of("event_id", uuid, "fields", "full"));
        assertThat(full.getJsonObject("properties").getString("$lib")).isEqualTo("quarkus-posthog");
    }

    @Test
    void eventsAreListedNewestFirst() {
        JsonObject list = client.result("posthog_list_events",
                Map.of("event", "$pageview", "limit", 3, "after", Instant.now().minus(Duration.ofDays(30)).toString()));

        List<String> timestamps = McpClient.rows(list).stream().map(row -> row.getString("timestamp")).toList();
        assertThat(timestamps).hasSize(3).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(McpClient.rows(list)).allMatch(row -> row.getString("event").equals("$pageview"));
        assertThat(list.getString("next")).isNotNull();
        assertThat(list.getBoolean("truncated")).isFalse();
        assertThat(list.getString("hint")).isEqualTo("Pass next as cursor for more rows.");
    }

    @Test
    void anEmptyListOfEventsSaysThatItsWindowIsShort() {
        assertThat(client.result("posthog_list_events", Map.of("event", "never")).getString("hint"))
                .contains("last 24 hours");
    }

    @Tag("AGT-9")
    @Test
    void personsAreListedAndReadWithMasks() {
        JsonObject list = client.result("posthog_list_persons", Map.of("limit", 2));
        assertThat(McpClient.rows(list)).hasSize(2);
        assertThat(list.encode()).contains("[email masked]").doesNotContainPattern("[a-z]@[a-z]");

        String uuid = McpClient.rows(list).get(0).getString("uuid");
        JsonObject person = client.result("posthog_get_person", Map.of("person_id", uuid));
        assertThat(person.getString("uuid")).isEqualTo(uuid);
        assertThat(person.getString("url")).endsWith("/project/1/persons/" + uuid);
        client.result("posthog_capture_event", Map.of("event", "e", "distinct_id", "lookup-1"));
        Awaitility.await().until(() -> client.call("posthog_get_person", Map.of("distinct_id", "lookup-1")),
                found -> found.encode().contains("\"lookup-1\""));
        assertThat(client.error("posthog_get_person", Map.of("distinct_id", "nobody")).getString("type"))
                .isEqualTo("not_found");
    }

    @Test
    void flagsAreListedSearchedAndRead() {
        JsonObject list = client.result("posthog_list_feature_flags", Map.of());
        assertThat(list.getInteger("total")).isEqualTo(McpClient.rows(list).size());
        assertThat(McpClient.rows(client.result("posthog_list_feature_flags", Map.of("search", "banner"))))
                .extracting(row -> row.getString("key")).containsExactly("hero-banner");
        assertThat(McpClient.rows(client.result("posthog_list_feature_flags", Map.of("state", "inactive")))).isEmpty();

        JsonObject byKey = client.result("posthog_get_feature_flag", Map.of("key", "new-checkout"));
        JsonObject byId = client.result("posthog_get_feature_flag", Map.of("flag_id", byKey.getInteger("id")));
        assertThat(byId).isEqualTo(byKey);
        assertThat(byKey.getJsonObject("filters").encode()).isEqualTo("{\"groups\":[{\"rollout_percentage\":50}]}");
        assertThat(client.result("posthog_get_feature_flag", Map.of("key", "new-checkout", "fields", "full")).fieldNames())
                .contains("created_by", "ensure_experience_continuity");
    }

    @Test
    void aFlagIsCreatedChangedDeletedAndRestored() {
        JsonObject created = client.result("posthog_create_feature_flag",
                Map.of("name", "New Dashboard", "key", "new-dashboard", "active", true, "rollout_percentage", 50));
        int id = created.getInteger("id");
        assertThat(created.getJsonObject("filters").encode()).contains("\"rollout_percentage\":50");

        JsonObject changed = client.result("posthog_update_feature_flag",
                Map.of("flag_id", id, "active", false, "rollout_percentage", 20, "if_version", created.getInteger("version")));
        assertThat(changed.getBoolean("active")).isFalse();
        assertThat(changed.getJsonObject("filters").encode()).contains("\"rollout_percentage\":20");
        JsonObject conflict = client.error("posthog_update_feature_flag",
                Map.of("key", "new-dashboard", "active", true, "if_version", created.getInteger("version")));
        assertThat(conflict.getString("type")).isEqualTo("conflict");
        assertThat(conflict.getInteger("status")).isEqualTo(409);

        JsonObject deleted = client.result("posthog_delete_feature_flag", Map.of("key", "new-dashboard"));
        assertThat(deleted.getBoolean("deleted")).isTrue();
        assertThat(deleted.getString("hint")).contains("posthog_restore_feature_flag", String.valueOf(id));
        assertThat(client.error("posthog_get_feature_flag", Map.of("key", "new-dashboard")).getString("type"))
                .isEqualTo("not_found");

        JsonObject restored = client.result("posthog_restore_feature_flag", Map.of("flag_id", id));
        assertThat(restored.getBoolean("deleted")).isFalse();
    }

    @Test
    void aFlagWithFiltersIsCreated() {
        JsonObject created = client.result("posthog_create_feature_flag", Map.of("name", "Pro", "key", "pro", "filters",
                Map.of("groups", List.of(Map.of("properties",
                        List.of(Map.of("key", "plan", "type", "person", "operator", "exact", "value", "pro")),
                        "rollout_percentage", 30)))));

        assertThat(created.getJsonObject("filters").encode()).contains("\"key\":\"plan\"", "\"rollout_percentage\":30");
    }

    @Test
    void errorsOfPostHogNameTheFieldAndTheStatus() {
        JsonObject error = client.error("posthog_create_feature_flag", Map.of("name", "Again", "key", "new-checkout"));

        assertThat(error.getString("type")).isEqualTo("validation");
        assertThat(error.getInteger("status")).isEqualTo(400);
        assertThat(error.getString("field")).isEqualTo("key");
        assertThat(error.getString("operation")).isEqualTo("posthog_create_feature_flag");
        assertThat(error.getString("account")).isEqualTo("default");
        assertThat(error.getString("hint")).isNotBlank();
    }

    @Test
    void aRateLimitHasItsDelay() {
        emulator.addFault(new JsonObject().put("path", "/api/projects/1/cohorts").put("status", 429).put("times", 20)
                .put("retryAfter", 7).put("body", new JsonObject().put("type", "throttled_error").put("detail", "Slow down")));

        JsonObject error = client.error("posthog_list_cohorts", Map.of());

        assertThat(error.getString("type")).isEqualTo("rate_limited");
        assertThat(error.getInteger("retry_after_seconds")).isEqualTo(7);
    }

    @Test
    void aMissingScopeIsNamed() {
        emulator.addFault(new JsonObject().put("path", "/api/projects/1/cohorts").put("status", 403)
                .put("body", new JsonObject().put("type", "authentication_error").put("code", "permission_denied")
                        .put("detail", "API key missing required scope 'cohort:read'")));

        JsonObject error = client.error("posthog_list_cohorts", Map.of());

        assertThat(error.getString("type")).isEqualTo("permission");
        assertThat(error.getString("hint")).contains("cohort:read");
    }

    @Test
    void insightsHaveTheirResult() {
        JsonObject list = client.result("posthog_list_insights", Map.of());
        assertThat(McpClient.rows(list)).isNotEmpty().allMatch(row -> !row.containsKey("result"));
        JsonObject first = McpClient.rows(list).get(0);

        JsonObject insight = client.result("posthog_get_insight",
                Map.of("insight_id", first.getInteger("id"), "refresh", "blocking"));

        assertThat(insight.fieldNames()).contains("result", "is_cached", "last_refresh", "query");
        assertThat(insight.getString("last_refresh")).isNotNull();
        assertThat(client.result("posthog_get_insight", Map.of("short_id", first.getString("short_id"))).getInteger("id"))
                .isEqualTo(first.getInteger("id"));
        assertThat(McpClient.rows(client.result("posthog_list_insights", Map.of("type", "TRENDS")))).isNotEmpty();
    }

    @Test
    void dashboardsHaveTheirTiles() {
        JsonObject list = client.result("posthog_list_dashboards", Map.of("limit", 10));
        JsonObject first = McpClient.rows(list).get(0);
        assertThat(first.getString("name")).isNotBlank();

        JsonObject dashboard = client.result("posthog_get_dashboard", Map.of("dashboard_id", first.getInteger("id")));

        assertThat(dashboard.getJsonArray("tiles").encode()).contains("short_id").doesNotContain("\"result\"");
        assertThat(client.result("posthog_get_dashboard", Map.of("dashboard_id", first.getInteger("id"), "fields", "full"))
                .getJsonArray("tiles").encode()).contains("\"result\"");
    }

    @Test
    void cohortsAreListed() {
        assertThat(McpClient.rows(client.result("posthog_list_cohorts", Map.of()))).extracting(row -> row.getString("name"))
                .contains("Paying customers");
    }

    @Tag("AGT-10")
    @Test
    void queriesHaveAnEnforcedLimit() {
        JsonObject result = client.result("posthog_query", Map.of("query",
                "select event, count() as n from events where event != {event} group by event order by n desc limit 5000",
                "values", Map.of("event", "$pageview"), "limit", 2));

        assertThat(McpClient.rows(result)).hasSize(2)
                .allSatisfy(row -> assertThat(row.fieldNames()).containsExactly("event", "n"));
        assertThat(result.getString("hint")).contains("OFFSET 2");
        assertThat(result.getJsonArray("columns")).isEqualTo(JsonArray.of("event", "n"));
        assertThat(emulator.requests("/api/projects/1/query")).last()
                .satisfies(request -> assertThat(request.getString("body")).contains("limit 2\""));
        assertThat(client.error("posthog_query", Map.of("query", "drop table events")).getString("message"))
                .contains("must begin with SELECT");
        assertThat(client.error("posthog_query", Map.of("query", "select nope from nowhere")).getString("type"))
                .isEqualTo("validation");
    }

    @Test
    void anyEndpointBelowTheProjectIsReadWithoutSecrets() {
        JsonObject list = client.result("posthog_get", Map.of("path", "annotations/", "limit", 1));
        JsonObject project = client.result("posthog_get", Map.of("path", "/", "fields", "full"));

        assertThat(McpClient.rows(list)).hasSize(1).allSatisfy(row -> assertThat(row.fieldNames()).contains("content"));
        JsonObject next = client.result("posthog_get",
                Map.of("path", "annotations/", "limit", 1, "cursor", list.getString("next")));
        assertThat(McpClient.rows(next)).hasSize(1).isNotEqualTo(McpClient.rows(list));
        assertThat(McpClient.rows(client.result("posthog_get",
                Map.of("path", "annotations/", "limit", 1, "query", Map.of("limit", 100))))).hasSize(1);
        assertThat(project.getString("name")).isNotBlank();
        assertThat(project.encode()).doesNotContainPattern("ph[a-z]_[A-Za-z0-9]{4}");
        for (String outside : List.of("../2/annotations/", "https://example.com/", "%2e%2e/2/", "annotations/?token=x")) {
            assertThat(client.error("posthog_get", Map.of("path", outside)).getString("type")).as(outside)
                    .isEqualTo("validation");
        }
        assertThat(client.error("posthog_get", Map.of("path", "no_such_resource/")).getString("type")).isEqualTo("not_found");
    }

    @Test
    void anEndpointThatPagesByCursorIsReadCompletely() {
        for (int i = 0; i < 120; i++) {
            client.result("posthog_capture_event", Map.of("event", "$groupidentify", "distinct_id", "zoe", "properties",
                    Map.of("$group_type", "company", "$group_key", "company-" + i)));
        }
        Set<String> keys = new HashSet<>();
        Map<String, Object> arguments = new HashMap<>(
                Map.of("path", "groups/", "query", Map.of("group_type_index", 0), "limit", 30));
        String next;
        do {
            JsonObject page = client.result("posthog_get", arguments);
            McpClient.rows(page).forEach(row -> assertThat(keys.add(row.getString("group_key"))).isTrue());
            next = page.getString("next");
            arguments.put("cursor", next);
        } while (next != null);

        assertThat(keys).hasSizeGreaterThanOrEqualTo(120).contains("company-0", "company-119");
    }

    @Test
    void flagsAreEvaluatedWithTheirReasonsAndWithoutEvents() {
        JsonObject list = client.result("posthog_evaluate_flags", Map.of("distinct_id", "user-1", "flag_keys",
                List.of("free-shipping", "no-such-flag"), "person_properties", Map.of("country", "DE")));

        assertThat(McpClient.rows(list)).hasSize(2);
        JsonObject shipping = McpClient.rows(list).get(0);
        assertThat(shipping.getString("key")).isEqualTo("free-shipping");
        assertThat(shipping.getBoolean("value")).isTrue();
        assertThat(shipping.getJsonObject("reason").getString("code")).isEqualTo("condition_match");
        assertThat(shipping.getJsonObject("reason").getInteger("condition_index")).isZero();
        assertThat(shipping.getJsonObject("payload").getInteger("from")).isEqualTo(20);
        assertThat(McpClient.rows(list).get(1).getValue("value")).isNull();
        assertThat(McpClient.rows(list).get(1).getJsonObject("reason").getString("code")).isEqualTo("flag_missing");
        assertThat(emulator.requests("/batch")).isEmpty();
        assertThat(McpClient.rows(client.result("posthog_evaluate_flags", Map.of("distinct_id", "user-1"))))
                .hasSizeGreaterThan(3);
    }

    @Test
    void evaluationsThatFailAreErrors() {
        emulator.addFault(new JsonObject().put("path", "/flags").put("status", 500).put("times", 10));

        assertThat(client.error("posthog_evaluate_flags", Map.of("distinct_id", "user-1")).getString("type"))
                .isEqualTo("server");
    }

    @Test
    void theDoctorChecksTheAccount() {
        JsonObject report = client.result("posthog_doctor", Map.of());

        assertThat(report.getString("status")).isIn("ok", "warning");
        assertThat(report.getJsonArray("checks").encode()).contains("\"id\":\"personal_api_key\"");
        assertThat(report.getJsonArray("scopes").encode()).contains("feature_flag:write");
    }

    @Tag("AGT-11")
    @Test
    void noResultContainsAKey() {
        List<String> keys = emulator.keys();
        emulator.addEvents(List.of(new JsonObject().put("event", "leak").put("distinct_id", "u").put("properties",
                new JsonObject().put("token", keys.get(2)).put("note", "the key " + keys.get(0) + " was posted")
                        .put(keys.get(0), 1))));
        StringBuilder all = new StringBuilder();
        for (String fields : List.of("summary", "full")) {
            all.append(client.result("posthog_list_events", Map.of("event", "leak", "fields", fields)).encode());
        }
        all.append(
                client.result("posthog_query", Map.of("query", "select properties from events where event = 'leak'")).encode());
        all.append(client.result("posthog_doctor", Map.of()).encode());
        all.append(client.result("posthog_capture_event",
                Map.of("event", "x", "distinct_id", keys.get(0), "dry_run", true)).encode());

        assertThat(all.toString()).contains("was posted").doesNotContain(keys);
    }
}
