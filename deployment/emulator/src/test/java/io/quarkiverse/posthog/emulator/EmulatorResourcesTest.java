package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.emulator.EmulatorClient.Answer;

/** Resources that are stored as they are sent, groups, and session recordings. */
class EmulatorResourcesTest extends EmulatorTestBase {

    @ParameterizedTest
    @CsvSource({ "annotations,3", "actions,2", "experiments,1", "surveys,2", "early_access_feature,1", "batch_exports,1" })
    void demoShopHasResources(String resource, int count) {
        client.control("POST", "/seed", null);

        Answer answer = client.get("/" + resource + "/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("count").intValue()).isEqualTo(count);
        assertThat(answer.results()).hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(strings = { "annotations", "actions", "experiments", "surveys", "early_access_feature", "batch_exports",
            "session_recordings" })
    void emptyListsAreEmpty(String resource) {
        assertThat(client.get("/" + resource + "/").results()).isEmpty();
        assertThat(client.get("/" + resource + "/1/").status()).isEqualTo(404);
    }

    @Test
    void pagesHaveLinks() {
        IntStream.range(0, 5).forEach(this::annotate);

        Answer first = client.get("/annotations/?limit=2");
        Answer second = client.fetch(first.text("next").replaceFirst("^http://[^/]+", ""));

        assertThat(first.each("content")).containsExactly("note 4", "note 3");
        assertThat(first.text("previous")).isNull();
        assertThat(second.each("content")).containsExactly("note 2", "note 1");
        assertThat(second.json().get("count").intValue()).isEqualTo(5);
        assertThat(second.text("next")).contains("limit=2").contains("offset=4");
        assertThat(client.get("/annotations/?search=NOTE 3".replace(" ", "%20")).each("content")).containsExactly("note 3");
    }

    private void annotate(int number) {
        assertThat(client.post("/annotations/", """
                {"content": "note %d", "date_marker": "2026-11-0%dT00:00:00Z"}""".formatted(number, number + 1)).status())
                .isEqualTo(201);
    }

    @Test
    void createdItemsHaveTheFieldsOfPostHog() {
        Answer created = client.post("/annotations/", "{\"content\": \"Release\", \"id\": 99, \"created_at\": \"then\"}");

        assertThat(created.json().get("id").isIntegralNumber()).isTrue();
        assertThat(created.json().get("id").intValue()).isNotEqualTo(99);
        assertThat(created.text("created_at")).startsWith("20");
        assertThat(created.text("creation_type")).isEqualTo("USR");
        assertThat(created.json().at("/created_by/email").textValue()).isEqualTo("ada@example.com");
        assertThat(client.post("/surveys/", "{\"name\": \"NPS\", \"type\": \"api\"}").text("id"))
                .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @Test
    void patchChangesTheFieldsThatItContains() {
        String id = client.post("/actions/", "{\"name\": \"Paid\", \"description\": \"old\"}").text("id");

        Answer changed = client.patch("/actions/" + id + "/",
                "{\"description\": \"new\", \"id\": 5, \"created_at\": \"then\"}");

        assertThat(changed.text("name")).isEqualTo("Paid");
        assertThat(changed.text("description")).isEqualTo("new");
        assertThat(changed.text("id")).isEqualTo(id);
        assertThat(client.get("/actions/" + id + "/").body()).isEqualTo(changed.body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = { "annotations|{\"content\": \"a\"}", "actions|{\"name\": \"a\"}",
            "experiments|{\"name\": \"a\", \"feature_flag_key\": \"f\"}" })
    void someAreOnlySoftDeleted(String resource, String body) {
        String item = "/" + resource + "/" + client.post("/" + resource + "/", body).text("id") + "/";

        Answer rejected = client.delete(item);
        Answer deleted = client.patch(item, "{\"deleted\": true}");

        assertThat(rejected.status()).isEqualTo(405);
        assertThat(rejected.body()).isEmpty();
        assertThat(deleted.json().get("deleted").booleanValue()).isTrue();
        assertThat(client.get(item).status()).isEqualTo(404);
        assertThat(client.get("/" + resource + "/").results()).isEmpty();
        assertThat(client.patch(item, "{\"deleted\": false}").status()).isEqualTo(200);
        assertThat(client.get(item).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = { "surveys|{\"name\": \"a\", \"type\": \"api\"}",
            "early_access_feature|{\"name\": \"a\", \"stage\": \"beta\"}",
            "batch_exports|{\"name\": \"a\", \"interval\": \"day\", \"destination\": {\"type\": \"S3\"}}" })
    void othersAreDeleted(String resource, String body) {
        String item = "/" + resource + "/" + client.post("/" + resource + "/", body).text("id") + "/";

        Answer deleted = client.delete(item);

        assertThat(deleted.status()).isEqualTo(204);
        assertThat(client.get(item).status()).isEqualTo(404);
        assertThat(client.delete(item).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({ "surveys,name", "experiments,name", "early_access_feature,name", "batch_exports,name" })
    void requiredFieldsAreRequired(String resource, String field) {
        Answer rejected = client.post("/" + resource + "/", "{}");

        assertThat(rejected.status()).isEqualTo(400);
        assertThat(rejected.text("code")).isEqualTo("required");
        assertThat(rejected.text("attr")).isEqualTo(field);
    }

    @Test
    void scopesAreChecked() {
        client.control("POST", "/keys", "{\"key\": \"phx_reader\", \"scopes\": [\"annotation:read\"]}");
        EmulatorClient reader = client.withKey("phx_reader");

        assertThat(reader.get("/annotations/").status()).isEqualTo(200);
        assertThat(reader.post("/annotations/", "{}").text("detail")).contains("annotation:write");
        assertThat(reader.get("/surveys/").text("detail")).contains("survey:read");
        assertThat(reader.get("/groups/?group_type_index=0").text("detail")).contains("group:read");
    }

    @Test
    void batchExportsArePaused() {
        String item = "/batch_exports/" + client.post("/batch_exports/", """
                {"name": "a", "interval": "day", "destination": {"type": "S3"}}""").text("id") + "/";

        client.post(item + "pause/", "{}");

        assertThat(client.get(item).json().get("paused").booleanValue()).isTrue();
        client.post(item + "unpause/", "{}");
        assertThat(client.get(item).json().get("paused").booleanValue()).isFalse();
    }

    @Test
    void recordingsHaveNeitherCountNorLinks() {
        client.control("POST", "/seed", null);

        Answer first = client.get("/session_recordings/?limit=2");
        Answer last = client.get("/session_recordings/?limit=2&offset=2");

        assertThat(first.results()).hasSize(2);
        assertThat(first.json().get("has_next").booleanValue()).isTrue();
        assertThat(last.results()).hasSize(1);
        assertThat(last.json().get("has_next").booleanValue()).isFalse();
    }

    @Test
    void groupsArePagedByCursor() {
        String events = IntStream.range(0, 120).mapToObj("""
                {"event": "$groupidentify", "distinct_id": "a", "properties": {"$group_type": "company",
                 "$group_key": "c%d", "$group_set": {"employees": %<d}}}"""::formatted)
                .collect(Collectors.joining(",", "{\"api_key\": \"phc_emulator\", \"batch\": [", "]}"));
        assertThat(client.capture("/batch/", events).status()).isEqualTo(200);

        Answer first = client.get("/groups/?group_type_index=0");
        Answer second = client.fetch(first.text("next").replaceFirst("^http://[^/]+", ""));

        assertThat(client.get("/groups_types/").json().at("/0/group_type").textValue()).isEqualTo("company");
        assertThat(first.results()).hasSize(100);
        assertThat(first.text("next")).contains("cursor=").contains("group_type_index=0").doesNotContain("offset");
        assertThat(second.results()).hasSize(20);
        assertThat(second.text("next")).isNull();
        assertThat(
                client.get("/groups/find?group_type_index=0&group_key=c7").json().at("/group_properties/employees").intValue())
                .isEqualTo(7);
        assertThat(client.get("/groups/").status()).isEqualTo(400);
        assertThat(client.get("/groups/?group_type_index=0&cursor=x").status()).isEqualTo(404);
    }

    @Test
    void otherResourcesExistAfterTheyAreStored() {
        assertThat(client.get("/notebooks/").status()).isEqualTo(404);

        Answer stored = client.control("PUT", "/resources/notebooks", "[{\"title\": \"Plan\"}, {\"id\": \"n-2\"}]");

        assertThat(stored.json().get("stored").intValue()).isEqualTo(2);
        assertThat(client.get("/notebooks/").results()).hasSize(2);
        assertThat(client.get("/notebooks/n-2/").status()).isEqualTo(200);
        String id = client.post("/notebooks/", "{\"title\": \"New\"}").text("id");
        assertThat(client.patch("/notebooks/" + id + "/", "{\"title\": \"Newer\"}").text("title")).isEqualTo("Newer");
        assertThat(client.get("/notebooks/?search=newer").results()).hasSize(1);
        assertThat(client.delete("/notebooks/" + id + "/").status()).isEqualTo(204);
        assertThat(client.control("PUT", "/resources/..%2Fx", "[]").status()).isEqualTo(400);
        assertThat(client.control("PUT", "/resources/notebooks", "{}").status()).isEqualTo(400);
        assertThat(client.control("PUT", "/resources/cohorts", "[]").status()).isEqualTo(400);
        assertThat(client.control("PUT", "/resources/session_recordings", """
                [{"distinct_id": "ada", "start_time": "2026-11-20T10:00:00Z"}]""").status()).isEqualTo(200);
        assertThat(client.get("/session_recordings/").each("distinct_id")).containsExactly("ada");
    }

    @Test
    void organizationIsThatOfTheProject() {
        String id = client.get("/").text("organization");

        assertThat(client.fetch("/api/organizations/" + id + "/").text("id")).isEqualTo(id);
        assertThat(client.fetch("/api/organizations/@current/").text("id")).isEqualTo(id);
        assertThat(client.fetch("/api/organizations/0190eeee-0000-7000-8000-000000000009/").status()).isEqualTo(404);
    }

    @Test
    void resetDeletesThem() {
        annotate(1);

        client.control("POST", "/reset", null);

        assertThat(client.get("/annotations/").results()).isEmpty();
    }
}
