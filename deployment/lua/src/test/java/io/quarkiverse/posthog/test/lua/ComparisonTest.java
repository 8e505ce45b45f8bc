package io.quarkiverse.posthog.test.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkiverse.mcp.server.test.McpAssured.McpStreamableTestClient;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** An agent answers the same question with the tools of the functions, and with a script. */
class ComparisonTest {

    private static final int FLAGS = 200;
    private static final int EVENTS_PER_FLAG = 3;

    private static final String QUERY = """
            select properties.$feature_flag as flag, count() as n from events
            where event = '$feature_flag_called' and timestamp > now() - interval 30 day group by flag""";

    private static final String SCRIPT = """
            local posthog = app.integrations.posthog
            local called = {}
            for _, row in ipairs(posthog.query([[%s]], nil, 1000).results) do called[row.flag] = true end
            local unused, cursor = {}, nil
            repeat
              local page = posthog.list_feature_flags({ cursor = cursor })
              for _, flag in ipairs(page.results) do
                if not called[flag.key] then unused[#unused + 1] = flag.key end
              end
              cursor = page.next
            until not cursor
            return unused
            """.formatted(QUERY);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.permissive(McpScriptsTest.class)
            .overrideConfigKey("quarkus.posthog.mcp.enabled", "true");

    @Inject
    PostHog posthog;

    private McpStreamableTestClient client;
    private int calls;
    private int characters;

    @BeforeEach
    void createFlags() {
        LuaApplication.clear();
        JsonArray events = new JsonArray();
        for (int i = 0; i < FLAGS; i++) {
            posthog.featureFlags().create(NewFeatureFlag.of("flag-" + i, "Flag " + i)).await().atMost(LuaApplication.TIMEOUT);
            for (int event = 0; event < EVENTS_PER_FLAG && i % 4 != 0; event++) {
                events.add(new JsonObject().put("uuid", UUID.randomUUID().toString()).put("event", "$feature_flag_called")
                        .put("distinct_id", "user-" + event)
                        .put("timestamp", Instant.now().minus(i % 20, ChronoUnit.DAYS).minusSeconds(event).toString())
                        .put("properties", new JsonObject().put("$feature_flag", "flag-" + i)
                                .put("$feature_flag_response", true)));
            }
        }
        LuaApplication.addEvents(events);
        client = McpScriptsTest.client(false);
    }

    @Test
    void aScriptNeedsOneCallAndReturnsOnlyTheAnswer() {
        long start = System.nanoTime();
        Set<String> byTools = byTools();
        report("tools", start);
        int charactersOfTools = characters;
        assertThat(calls).isGreaterThanOrEqualTo(3);

        calls = 0;
        characters = 0;
        start = System.nanoTime();
        JsonObject result = call("execute_lua", Map.of("code", SCRIPT));
        report("script", start);

        assertThat(result.getJsonObject("error")).isNull();
        assertThat(result.getJsonArray("result").stream().map(String.class::cast)).containsExactlyInAnyOrderElementsOf(byTools);
        assertThat(byTools).hasSize(FLAGS / 4);
        assertThat(calls).isEqualTo(1);
        assertThat(characters).isLessThan(charactersOfTools / 10);
    }

    private Set<String> byTools() {
        Set<String> called = new TreeSet<>();
        rows("posthog_query", Map.of("query", QUERY, "limit", 1000)).forEach(row -> called.add(row.getString("flag")));
        Set<String> unused = new TreeSet<>();
        rows("posthog_list_feature_flags", Map.of()).forEach(flag -> unused.add(flag.getString("key")));
        unused.removeAll(called);
        return unused;
    }

    private List<JsonObject> rows(String tool, Map<String, Object> filter) {
        Map<String, Object> arguments = new HashMap<>(filter);
        List<JsonObject> rows = new ArrayList<>();
        String next;
        do {
            JsonObject page = call(tool, arguments);
            page.getJsonArray("results").forEach(row -> rows.add((JsonObject) row));
            next = page.getString("next");
            if (next != null) {
                arguments.put("cursor", next);
            }
        } while (next != null);
        return rows;
    }

    private JsonObject call(String tool, Map<String, Object> arguments) {
        ToolResponse response = McpScriptsTest.call(client, tool, arguments);
        calls++;
        characters += response.firstContent().asText().text().length();
        return new JsonObject(response.firstContent().asText().text());
    }

    private void report(String kind, long start) {
        System.out.printf("%-8s %4d calls of the agent %9d characters to read %6d ms%n", kind, calls, characters,
                (System.nanoTime() - start) / 1_000_000);
    }
}
