package io.quarkiverse.posthog.emulator;

import static io.quarkiverse.posthog.emulator.EmulatorClient.encode;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

class EmulatorPersonsTest extends EmulatorTestBase {

    @Test
    void newestPersonComesFirstAndTiesGoByIdDescending() {
        client.control("POST", "/persons", """
                [{"distinct_id": "a", "created_at": "2026-01-01T00:00:00Z"},
                 {"distinct_id": "b", "created_at": "2026-01-02T00:00:00Z"},
                 {"distinct_id": "c", "created_at": "2026-01-01T00:00:00Z"}]""");
        assertThat(client.get("/persons/").each("name")).containsExactly("b", "c", "a");
    }

    @Test
    void fullPageHasANextOneEvenIfThatIsEmpty() {
        client.control("POST", "/persons", "{\"count\": 4}");
        var page = client.get("/persons/?limit=2&offset=2");
        assertThat(page.text("next")).endsWith("/persons/?limit=2&offset=4");
        assertThat(page.text("previous")).endsWith("/persons/?limit=2&offset=0");
        var last = client.get("/persons/?limit=2&offset=4");
        assertThat(last.results()).isEmpty();
        assertThat(last.json().get("next").isNull()).isTrue();
    }

    @Test
    void totalIsIncludedOnRequest() {
        client.control("POST", "/persons", "{\"count\": 3}");
        assertThat(client.get("/persons/?include_total=true&limit=1").json().get("count").intValue()).isEqualTo(3);
        assertThat(client.get("/persons/").json().has("count")).isFalse();
    }

    @Test
    void personsAreFoundByEmailDistinctIdSearchAndProperties() {
        client.control("POST", "/persons", """
                [{"distinct_id": "a", "properties": {"email": "ann@example.com", "plan": "pro"}},
                 {"distinct_id": "b", "properties": {"email": "bob@example.com"}}]""");
        assertThat(client.get("/persons/?email=bob@example.com").each("name")).containsExactly("bob@example.com");
        assertThat(client.get("/persons/?distinct_id=a").each("name")).containsExactly("ann@example.com");
        assertThat(client.get("/persons/?search=BOB").each("name")).containsExactly("bob@example.com");
        assertThat(client.get("/persons/?search=a").each("name")).contains("ann@example.com");
        String plan = encode("[{\"key\": \"plan\", \"value\": \"pro\", \"operator\": \"exact\", \"type\": \"person\"}]");
        assertThat(client.get("/persons/?properties=" + plan).each("name")).containsExactly("ann@example.com");
    }

    @Test
    void idIsAUuidInListsAndAnIntegerInDetails() {
        var listed = add("a");
        var byUuid = client.get("/persons/" + listed.get("id").asText() + "/").json();
        assertThat(byUuid.get("id").isInt()).isTrue();
        assertThat(client.get("/persons/" + byUuid.get("id") + "/").json()).isEqualTo(byUuid);
    }

    @Test
    void otherIdsAreRefused() {
        assertThat(client.get("/persons/someone/").status()).isEqualTo(400);
    }

    @Test
    void unknownPersonIsNotFound() {
        assertThat(client.get("/persons/4711/").status()).isEqualTo(404);
    }

    @Test
    void deletedPersonIsGoneButItsEventsStay() {
        addEvent(1, minutesAgo(1));
        String person = client.get("/persons/").results().get(0).get("uuid").asText();
        var answer = client.delete("/persons/" + person + "/");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        assertThat(client.get("/persons/" + person + "/").status()).isEqualTo(404);
        assertThat(client.get("/events/").results()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "delete_events", "delete_events=true", "delete_events=false" })
    void presenceOfTheFlagDeletesEvents(String flag) {
        addEvent(1, minutesAgo(1));
        String person = client.get("/persons/").results().get(0).get("uuid").asText();
        client.delete("/persons/" + person + "/?" + flag);
        assertThat(client.get("/events/").results()).isEmpty();
    }

    @Test
    void personMayBeKept() {
        String person = add("a").get("uuid").asText();
        client.delete("/persons/" + person + "/?keep_person=false");
        assertThat(client.get("/persons/" + person + "/").status()).isEqualTo(200);
    }

    @Test
    void bulkDeleteTellsWhatItFound() {
        add("a");
        add("b");
        var answer = client.post("/persons/bulk_delete/", "{\"distinct_ids\": [\"a\", \"b\", \"c\"], \"delete_events\": true}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("persons_found").intValue()).isEqualTo(2);
        assertThat(answer.json().get("persons_deleted").intValue()).isEqualTo(2);
        assertThat(client.get("/persons/").results()).isEmpty();
    }

    @Test
    void bulkDeleteNeedsIds() {
        assertThat(client.post("/persons/bulk_delete/", "{}").status()).isEqualTo(400);
    }

    private JsonNode add(String distinctId) {
        client.control("POST", "/persons", "[{\"distinct_id\": \"" + distinctId + "\"}]");
        return client.get("/persons/?distinct_id=" + distinctId).results().get(0);
    }
}
