package io.quarkiverse.posthog.test.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonObject;

/** Lists that are continued with cursors have each item exactly once. */
@Tag("AGT-7")
class CursorTest {

    private static final int MAX_CHARACTERS = 60_000;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = McpApplication.permissive();

    private final Emulator emulator = Emulator.ofDefaultAccount();
    private final Random random = new Random(42);
    private McpClient client;

    @BeforeEach
    void connect() {
        client = McpClient.connect();
        emulator.clear();
    }

    /** Many events have the same timestamp: two in five their own, and 300 of them all the same. */
    @Test
    void tenThousandEvents() {
        Instant start = Instant.now().minus(Duration.ofHours(20)).truncatedTo(ChronoUnit.SECONDS);
        List<Instant> timestamps = new ArrayList<>(Collections.nCopies(300, start.plusSeconds(5_000)));
        while (timestamps.size() < 10_000) {
            timestamps.add(start.plus(Duration.ofSeconds(random.nextInt(6_000))).plusNanos(random.nextInt(2) * 123_456_000L));
        }
        List<String> ids = add(timestamps, "");

        List<String> listed = all("posthog_list_events", Map.of("event", "e", "limit", 100), "id");

        assertThat(listed).hasSize(10_000).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
    }

    /** Events that arrive while the list is read are newer than its beginning. */
    @Test
    void eventsThatArriveLaterAreNotIncluded() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<String> ids = add(Collections.nCopies(30, now.minusSeconds(100)), "");
        JsonObject first = client.result("posthog_list_events", Map.of("event", "e", "limit", 10));
        add(Collections.nCopies(30, now), "");

        List<String> listed = new ArrayList<>(ids(first, "id"));
        listed.addAll(all("posthog_list_events", Map.of("cursor", first.getString("next")), "id"));

        assertThat(listed).hasSize(30).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Tag("AGT-8")
    @Test
    void rowsThatDoNotFitIntoAResultAreOnTheNextPage() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Instant> timestamps = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            timestamps.add(now.minusSeconds(10 + i / 7));
        }
        List<String> ids = add(timestamps, "x".repeat(3_000));

        JsonObject first = client.result("posthog_list_events", Map.of("event", "e", "fields", "full"));
        assertThat(first.getBoolean("truncated")).isTrue();
        assertThat(first.getString("hint")).contains("of 100 rows fit into 60000 characters");

        assertThat(all("posthog_list_events", Map.of("event", "e", "fields", "full"), "id"))
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    /** A row that is larger than a result is shortened, instead of failing or stopping the list. */
    @Tag("AGT-8")
    @Test
    void aHugeRowIsShortened() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<String> ids = add(List.of(now.minusSeconds(1), now.minusSeconds(2), now.minusSeconds(3)), "y".repeat(150_000));

        assertThat(all("posthog_list_events", Map.of("event", "e", "fields", "full"), "id")).isEqualTo(ids);
        JsonObject event = client.result("posthog_get_event", Map.of("event_id", ids.get(0), "fields", "full"));
        assertThat(event.getBoolean("truncated")).isTrue();
        assertThat(event.encode()).hasSizeLessThanOrEqualTo(MAX_CHARACTERS);
    }

    @Test
    void listsThatPostHogPagesByOffset() {
        for (int i = 0; i < 25; i++) {
            client.result("posthog_create_feature_flag", Map.of("name", "z".repeat(300), "key", "flag-" + i));
        }

        assertThat(all("posthog_list_feature_flags", Map.of("limit", 7), "key")).hasSize(25).doesNotHaveDuplicates();
        JsonObject first = client.result("posthog_list_feature_flags", Map.of("limit", 7));
        JsonObject second = client.result("posthog_list_feature_flags", Map.of("limit", 3, "cursor", first.getString("next")));
        List<String> listed = new ArrayList<>(ids(first, "key"));
        listed.addAll(ids(second, "key"));
        listed.addAll(all("posthog_list_feature_flags", Map.of("cursor", second.getString("next")), "key"));
        assertThat(listed).hasSize(25).doesNotHaveDuplicates();
        assertThat(all("posthog_evaluate_flags", Map.of("distinct_id", "u"), "key")).hasSize(25);
    }

    private List<String> add(List<Instant> timestamps, String text) {
        List<String> ids = new ArrayList<>();
        List<JsonObject> events = new ArrayList<>();
        for (Instant timestamp : timestamps) {
            String id = new UUID(random.nextLong(), random.nextLong()).toString();
            ids.add(id);
            events.add(new JsonObject().put("uuid", id).put("event", "e").put("distinct_id", "u" + ids.size() % 50)
                    .put("timestamp", timestamp.toString()).put("properties", new JsonObject().put("text", text)));
        }
        for (int i = 0; i < events.size(); i += 2_000) {
            emulator.addEvents(events.subList(i, Math.min(events.size(), i + 2_000)));
        }
        return ids;
    }

    private List<String> all(String tool, Map<String, Object> arguments, String id) {
        List<String> ids = new ArrayList<>();
        Map<String, Object> next = new HashMap<>(arguments);
        while (true) {
            JsonObject page = client.result(tool, next);
            assertThat(page.encode()).hasSizeLessThanOrEqualTo(MAX_CHARACTERS);
            assertThat(page.getJsonArray("results")).isNotEmpty();
            ids.addAll(ids(page, id));
            if (page.getString("next") == null) {
                return ids;
            }
            next.put("cursor", page.getString("next"));
        }
    }

    private static List<String> ids(JsonObject page, String id) {
        return McpClient.rows(page).stream().map(row -> row.getString(id)).toList();
    }
}
