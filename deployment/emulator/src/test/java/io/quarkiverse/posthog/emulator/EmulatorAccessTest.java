package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorAccessTest extends EmulatorTestBase {

    @Test
    void requestWithoutKeyIsNotAuthenticated() {
        var answer = client.withKey(null).get("/feature_flags/");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("code")).isEqualTo("not_authenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = { "phx_wrong", "phc_emulator" })
    void anyOtherKeyFailsToAuthenticate(String key) {
        var answer = client.withKey(key).get("/feature_flags/");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("code")).isEqualTo("authentication_failed");
        assertThat(answer.text("detail"))
                .isEqualTo("Personal API key found in request Authorization header is invalid.");
    }

    @Test
    void keyMayComeInTheQuery() {
        assertThat(client.withKey(null).get("/feature_flags/?personal_api_key=phx_emulator").status()).isEqualTo(200);
    }

    @Test
    void keyMayComeInTheBody() {
        var answer = client.withKey(null).post("/query/", """
                {"personal_api_key": "phx_emulator", "query": {"kind": "HogQLQuery", "query": "select uuid from events"}}""");
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void headerIsTriedBeforeTheQuery() {
        assertThat(client.withKey("phx_wrong").get("/feature_flags/?personal_api_key=phx_emulator").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({ "/events/,query:read", "/persons/,person:read", "/feature_flags/,feature_flag:read",
            "/insights/,insight:read", "/dashboards/,dashboard:read", "/cohorts/,cohort:read", "/,project:read" })
    void readingNeedsTheScopeOfTheResource(String path, String scope) {
        addKey("phx_limited", "other:read");
        var answer = client.withKey("phx_limited").get(path);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("detail")).isEqualTo("API key missing required scope '" + scope + "'");
    }

    @Test
    void writeScopeImpliesReading() {
        addKey("phx_writer", "feature_flag:write");
        assertThat(client.withKey("phx_writer").get("/feature_flags/").status()).isEqualTo(200);
    }

    @Test
    void readScopeDoesNotAllowWriting() {
        addKey("phx_reader", "feature_flag:read");
        var answer = client.withKey("phx_reader").post("/feature_flags/", "{\"key\": \"a\"}");
        assertThat(answer.text("detail")).isEqualTo("API key missing required scope 'feature_flag:write'");
    }

    @Test
    void membersOfCohortsNeedTwoScopes() {
        addKey("phx_cohorts", "cohort:read");
        var answer = client.withKey("phx_cohorts").get("/cohorts/1/persons/");
        assertThat(answer.text("detail")).isEqualTo("API key missing required scope 'person:read'");
    }

    @Test
    void aKeyMayAskWhatItIsWithoutAnyScope() {
        addKey("phx_few", "query:read\", \"person:read");
        var answer = client.withKey("phx_few").fetch("/api/personal_api_keys/@current/");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("scopes")).extracting(scope -> scope.asText())
                .containsExactlyInAnyOrder("query:read", "person:read");
        assertThat(answer.json().get("value").isNull()).isTrue();
    }

    @Test
    void everyAnswerTellsTheTime() {
        String date = client.get("/feature_flags/").header("Date").orElseThrow();
        assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
                .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void resetForgetsAddedKeys() {
        addKey("phx_more", "*");
        reset();
        assertThat(client.withKey("phx_more").get("/feature_flags/").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/api/projects/1/feature_flags/", "/api/projects/@current/feature_flags",
            "/api/projects/1", "/api/projects/", "/api/projects/@current/", "/api/users/@me/" })
    void pathsWorkWithAndWithoutTrailingSlash(String path) {
        assertThat(client.fetch(path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "2", "shop", "@other" })
    void otherProjectsAreNotFound(String project) {
        var answer = client.fetch("/api/projects/" + project + "/events/");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("detail")).isEqualTo("Project not found.");
    }

    @Test
    void environmentsAreADeprecatedAlias() {
        var answer = client.fetch("/api/environments/1/feature_flags/");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Deprecation")).isPresent();
    }

    @Test
    void unknownProjectTokenInTheQueryIsRefused() {
        assertThat(client.get("/events/?token=phc_other").status()).isEqualTo(401);
    }

    @Test
    void unknownRouteIsNotFound() {
        var answer = client.get("/no_such_thing/");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("code")).isEqualTo("not_found");
    }

    @Test
    void malformedJsonIsAParseError() {
        var answer = client.post("/feature_flags/", "{\"key\": ");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo("parse_error");
    }

    @Test
    void otherMediaTypesAreRefused() {
        var answer = client.send("POST", "/api/projects/1/feature_flags/", "key=a", Map.of("Content-Type", "text/plain"));
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.text("code")).isEqualTo("unsupported_media_type");
    }

    @Test
    void methodThatIsNotThereHasAnEnvelope() {
        var answer = client.delete("/events/");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.text("code")).isEqualTo("method_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = { "feature_flags", "insights", "dashboards", "cohorts" })
    void deletingWhatIsSoftDeletedHasAnEmptyAnswer(String resource) {
        var answer = client.delete("/" + resource + "/1/");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void bodyThatCannotBeUnpackedIsAParseError() {
        var answer = client.send("POST", "/api/projects/1/feature_flags/", "{\"key\": \"a\"}",
                Map.of("Content-Encoding", "gzip"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo("parse_error");
    }

    @Test
    void tooLargeBodyIsRefusedAndNotTakenForAnEmptyOne() {
        client.post("/feature_flags/", "{\"key\": \"a\"}");
        var answer = client.patch("/feature_flags/1/", "{\"name\": \"" + "a".repeat(21 * 1024 * 1024) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(client.get("/feature_flags/1/").json().get("version").intValue()).isEqualTo(1);
    }

    private void addKey(String key, String scope) {
        client.control("POST", "/keys", "{\"key\": \"" + key + "\", \"scopes\": [\"" + scope + "\"]}");
    }
}
