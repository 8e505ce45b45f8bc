package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

/** How much memory the emulator uses for the data that it stores. */
class EmulatorStorageTest {

    private static final int MAX_BYTES = 4_000_000;
    private static final String LARGE = "x".repeat(100_000);

    private PostHogEmulator emulator;
    private EmulatorClient client;

    @BeforeEach
    void start() {
        emulator = PostHogEmulator.start(EmulatorOptions.defaults().withMaxStoredBytes(MAX_BYTES));
        client = new EmulatorClient(emulator.baseUrl(), emulator.personalApiKey());
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    @Tag("EMU-4")
    void theOldestEventsAreEvicted() {
        for (int i = 0; i < 60; i++) {
            capture("event-" + i, "user-1", LARGE);
        }
        JsonNode storage = storage();
        assertThat(storage.path("maxBytes").asLong()).isEqualTo(MAX_BYTES);
        assertThat(storage.path("bytes").asLong()).isBetween(MAX_BYTES / 2L, (long) MAX_BYTES);
        List<String> kept = events();
        assertThat(kept).hasSizeBetween(20, 40).doesNotContain("event-0").last().isEqualTo("event-59");
        assertThat(storage.path("evictedEvents").asInt()).isEqualTo(60 - kept.size());
        assertThat(kept.get(0)).isEqualTo("event-" + (60 - kept.size()));
        assertThat(client.control("GET", "/persons", null).json()).as("persons outlive their events").hasSize(1);
    }

    @Test
    void anImportedEventIsNotEvictedForItsOldTimestamp() {
        for (int i = 0; i < 60; i++) {
            capture("event-" + i, "user-1", LARGE);
        }
        client.capture("/capture/", """
                {"api_key": "phc_emulator", "event": "imported", "distinct_id": "d", "timestamp": "2020-01-01T00:00:00Z"}""");
        assertThat(events()).contains("imported");
    }

    @Test
    void personsFollowTheEvents() {
        capture("viewed", "user-1", "small");
        for (int i = 0; i < 60; i++) {
            capture("$set", "user-" + i, "small\", \"$set\": {\"text\": \"" + LARGE + "\"}, \"more\": \"");
        }
        JsonNode storage = storage();
        assertThat(storage.path("bytes").asLong()).isLessThanOrEqualTo(MAX_BYTES);
        assertThat(storage.path("evictedEvents").asInt()).isPositive();
        assertThat(storage.path("evictedPersons").asInt()).isPositive();
        assertThat(client.control("GET", "/persons?distinct_id=user-0", null).json()).isEmpty();
        assertThat(client.control("GET", "/persons?distinct_id=user-59", null).json()).hasSize(1);
    }

    @Test
    void onePersonWithGrowingPropertiesIsLimited() {
        for (int i = 0; i < 60; i++) {
            capture("$set", "user-1", "\", \"$set\": {\"text-" + i + "\": \"" + LARGE + "\"}, \"more\": \"");
        }
        assertThat(storage().path("bytes").asLong()).isLessThanOrEqualTo(MAX_BYTES);
    }

    @Test
    void generatedPersonsAreLimited() {
        assertThat(client.control("POST", "/persons", "{\"count\": 20000}").status()).isEqualTo(200);
        assertThat(storage().path("bytes").asLong()).isLessThanOrEqualTo(MAX_BYTES);
        assertThat(storage().path("evictedPersons").asInt()).isPositive();
    }

    @Test
    void groupsAreLimited() {
        for (int i = 0; i < 60; i++) {
            capture("$groupidentify", "user-1", "\", \"$group_type\": \"company\", \"$group_key\": \"g" + i
                    + "\", \"$group_set\": {\"text\": \"" + LARGE + "\"}, \"more\": \"");
        }
        JsonNode groups = client.control("GET", "/groups", null).json().path("company");
        assertThat(groups.has("g0")).isFalse();
        assertThat(groups.has("g59")).isTrue();
        assertThat(storage().path("bytes").asLong()).isLessThanOrEqualTo(MAX_BYTES);
        assertThat(storage().path("evictedGroups").asInt()).isPositive();
    }

    @Test
    void requestsAreLimitedToAQuarter() {
        for (int i = 0; i < 60; i++) {
            client.control("DELETE", "/events", null);
            client.capture("/capture/", "\"" + LARGE + "\"");
        }
        assertThat(storage().path("bytes").asLong()).isLessThanOrEqualTo(MAX_BYTES / 4);
        assertThat(storage().path("evictedRequests").asInt()).isPositive();
        assertThat(storage().path("evictedEvents").asInt()).isZero();
    }

    @Test
    void anEventThatIsLargerThanTheLimitIsEvictedAtOnce() {
        client.capture("/batch/", """
                {"api_key": "phc_emulator", "batch": [{"event": "huge", "distinct_id": "d", "properties": {"text": "%s"}}]}"""
                .formatted("x".repeat(MAX_BYTES)));
        assertThat(events()).isEmpty();
        assertThat(storage().path("evictedEvents").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsRemovedIsNotCounted() {
        capture("$identify", "user-1", "\", \"$anon_distinct_id\": \"a\", \"$set\": {\"a\": 1}, \"more\": \"");
        capture("$create_alias", "user-2", "\", \"alias\": \"user-3\", \"$set\": {\"b\": \"" + LARGE + "\"}, \"more\": \"");
        capture("$merge_dangerously", "user-1", "\", \"alias\": \"user-2\", \"more\": \"");
        client.control("DELETE", "/requests", null);
        client.control("DELETE", "/events", null);
        String id = client.get("/persons/").each("id").get(0);
        assertThat(client.get("/persons/").results()).hasSize(1);
        assertThat(storage().path("bytes").asLong()).isGreaterThan(LARGE.length());
        assertThat(client.delete("/persons/" + id + "/").status()).isBetween(200, 204);
        client.control("DELETE", "/requests", null);
        assertThat(storage().path("bytes").asLong()).isZero();
    }

    @Test
    void resetForgetsWhatWasEvicted() {
        for (int i = 0; i < 60; i++) {
            capture("event-" + i, "user-1", LARGE);
        }
        client.control("POST", "/reset", null);
        JsonNode storage = storage();
        for (String field : List.of("bytes", "evictedEvents", "evictedPersons", "evictedGroups", "evictedRequests")) {
            assertThat(storage.path(field).asInt(-1)).as(field).isZero();
        }
    }

    private void capture(String event, String distinctId, String text) {
        assertThat(client.capture("/capture/", """
                {"api_key": "phc_emulator", "event": "%s", "distinct_id": "%s", "properties": {"text": "%s"}}"""
                .formatted(event, distinctId, text)).status()).isEqualTo(200);
    }

    private JsonNode storage() {
        return client.control("GET", "", null).json().path("storage");
    }

    private List<String> events() {
        return client.control("GET", "/events?arrived=true", null).json().valueStream()
                .map(event -> event.path("event").asText()).toList();
    }
}
