package org.acme.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkiverse.mcp.server.test.McpAssured.McpStreamableTestClient;
import io.vertx.core.json.JsonObject;

/** Calls each function of the MCP server. */
final class FunctionCalls {

    private final McpStreamableTestClient client;
    private final Set<String> called = new TreeSet<>();

    FunctionCalls(McpStreamableTestClient client) {
        this.client = client;
    }

    void all() {
        call("capture_event", Map.of("event", "purchase", "distinct_id", "zoe", "properties",
                Map.of("amount", 49.99, "tags", List.of("a", "b"))));
        String event = first(call("list_events",
                Map.of("event", "order placed", "limit", 3, "after", Instant.now().minus(Duration.ofDays(30)).toString())))
                .getString("id");
        call("get_event", Map.of("event_id", event, "fields", "full"));
        call("get_person", Map.of("person_id", first(call("list_persons", Map.of("limit", 2))).getString("uuid")));
        flags();
        insights();
        int dashboard = first(call("list_dashboards", Map.of())).getInteger("id");
        call("get_dashboard", Map.of("dashboard_id", dashboard, "fields", "full"));
        call("list_cohorts", Map.of());
        call("query", Map.of("query", "select event, count() as n from events where event != {event} group by event",
                "values", Map.of("event", "$pageview"), "limit", 2));
        call("get", Map.of("path", "annotations/", "limit", 1));
        call("evaluate_flags", Map.of("distinct_id", "zoe", "person_properties", Map.of("country", "DE")));
        call("doctor", Map.of());
        assertThat(called).isEqualTo(offered());
    }

    private void flags() {
        int id = call("create_feature_flag", Map.of("name", "Pro", "key", "pro", "filters", Map.of("groups",
                List.of(Map.of("properties",
                        List.of(Map.of("key", "plan", "type", "person", "operator", "exact", "value", "pro")),
                        "rollout_percentage", 30)))))
                .getInteger("id");
        call("list_feature_flags", Map.of());
        call("get_feature_flag", Map.of("flag_id", id, "fields", "full"));
        call("update_feature_flag", Map.of("flag_id", id, "active", false, "rollout_percentage", 20));
        call("delete_feature_flag", Map.of("flag_id", id));
        call("restore_feature_flag", Map.of("flag_id", id));
        fail("create_feature_flag", Map.of("name", "Again", "key", "pro"));
    }

    private void insights() {
        int insight = first(call("list_insights", Map.of())).getInteger("id");
        call("get_insight", Map.of("insight_id", insight, "refresh", "blocking"));
    }

    private JsonObject call(String function, Map<String, Object> arguments) {
        ToolResponse response = response(function, arguments);
        JsonObject result = new JsonObject(response.firstContent().asText().text());
        assertThat(response.isError()).as("%s: %s", function, result).isFalse();
        return result;
    }

    /** Calls a function with invalid arguments. */
    private void fail(String function, Map<String, Object> arguments) {
        assertThat(response(function, arguments).isError()).isTrue();
    }

    private ToolResponse response(String function, Map<String, Object> arguments) {
        AtomicReference<ToolResponse> response = new AtomicReference<>();
        client.when().toolsCall("posthog_" + function, arguments, response::set).thenAssertResults();
        called.add("posthog_" + function);
        return response.get();
    }

    private static JsonObject first(JsonObject list) {
        return list.getJsonArray("results").getJsonObject(0);
    }

    private Set<String> offered() {
        Set<String> names = new TreeSet<>();
        client.when().toolsList(page -> page.tools().forEach(tool -> names.add(tool.name()))).thenAssertResults();
        return names;
    }
}
