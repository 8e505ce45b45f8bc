package io.quarkiverse.posthog.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmulatorControlTest extends EmulatorTestBase {

    @Test
    void statusTellsWhereEverythingIs() {
        var status = client.withKey(null).control("GET", "/", null).json();
        assertThat(status.get("baseUrl").textValue()).isEqualTo(emulator.baseUrl());
        assertThat(status.get("projectApiKey").textValue()).isEqualTo("phc_emulator");
        assertThat(status.get("seeded").booleanValue()).isFalse();
        assertThat(status.get("endpoints")).isNotEmpty();
    }

    @Test
    void requestsAreRecordedWithMaskedKey() {
        client.get("/events/?limit=1");
        client.capture("/batch/", "{\"api_key\": \"phc_other\"}");
        var requests = client.control("GET", "/requests", null).json();
        assertThat(requests).hasSize(2);
        assertThat(requests.at("/0/path").textValue()).isEqualTo("/api/projects/@current/events/");
        assertThat(requests.at("/0/query").textValue()).isEqualTo("limit=1");
        assertThat(requests.at("/0/headers/authorization").textValue()).isEqualTo("Bearer phx_***");
        assertThat(requests.at("/1/body").textValue()).isEqualTo("{\"api_key\": \"phc_other\"}");
        assertThat(requests.at("/1/status").intValue()).isEqualTo(401);
    }

    @Test
    void recordedRequestsAreFilteredAndForgotten() {
        client.get("/events/");
        client.get("/persons/");
        assertThat(client.control("GET", "/requests?path=/api/projects/@current/persons", null).json()).hasSize(1);
        client.control("DELETE", "/requests", null);
        assertThat(client.control("GET", "/requests", null).json()).isEmpty();
    }

    @Test
    void eventsNameTheRequestThatBroughtThem() {
        client.capture("/e/", "{\"api_key\": \"phc_emulator\", \"event\": \"a\", \"distinct_id\": \"d\"}");
        String request = client.control("GET", "/requests", null).json().at("/0/id").textValue();
        assertThat(client.control("GET", "/events", null).json().at("/0/request_id").textValue()).isEqualTo(request);
    }

    @Test
    void eventsThatArrivedAreToldInTheirOrder() {
        addEvent(1, minutesAgo(5));
        capture("later", "2026-11-20T10:00:00Z");
        capture("earlier", "2026-11-19T10:00:00Z");

        var events = client.control("GET", "/events?arrived=true", null).json();

        assertThat(events).extracting(event -> event.get("event").textValue()).containsExactly("later", "earlier");
    }

    @Test
    void onlyEventsThatArrivedAreForgotten() {
        addEvent(1, minutesAgo(5));
        capture("sent", "2026-11-20T10:00:00Z");

        assertThat(client.control("DELETE", "/events", null).json().get("removed").intValue()).isEqualTo(1);

        assertThat(client.control("GET", "/events", null).json()).singleElement()
                .satisfies(event -> assertThat(event.get("event").textValue()).isEqualTo("viewed"));
    }

    @Test
    void anEventMayArriveAgainOnceItIsForgotten() {
        String event = """
                {"api_key": "phc_emulator", "event": "a", "distinct_id": "d", "uuid": "%s"}""".formatted(uuid(7));
        client.capture("/e/", event);
        client.control("DELETE", "/events", null);

        client.capture("/e/", event);

        assertThat(client.control("GET", "/events", null).json()).hasSize(1);
    }

    @Test
    void personsAreListedWithTheirIds() {
        client.control("POST", "/persons", """
                [{"distinct_ids": ["ada", "ada@home"], "properties": {"plan": "pro"}}, {"distinct_id": "bob"}]""");

        assertThat(client.control("GET", "/persons", null).json()).hasSize(2);
        var ada = client.control("GET", "/persons?distinct_id=ada@home", null).json();
        assertThat(ada).hasSize(1);
        assertThat(ada.at("/0/distinct_ids")).extracting(id -> id.textValue()).containsExactly("ada", "ada@home");
        assertThat(ada.at("/0/properties/plan").textValue()).isEqualTo("pro");
        assertThat(ada.at("/0/is_identified").booleanValue()).isFalse();
    }

    @Test
    void whatWasSetIsTakenBackWithoutTouchingTheProject() {
        addEvent(1, minutesAgo(5));
        client.control("PUT", "/flags/new-checkout", "{\"value\": true}");
        client.control("POST", "/faults", "{\"path\": \"/flags\", \"status\": 503}");
        String settings = client.control("GET", "/settings", null).body();
        client.control("PUT", "/settings", """
                {"tieOrder": "shuffled", "cloud": false, "rateLimits": true, "flags": {"quotaLimited": true}}""");

        var undone = client.control("POST", "/undo", null).json();

        assertThat(undone.at("/flags/0/key").textValue()).isEqualTo("new-checkout");
        assertThat(undone.at("/faults/0/path").textValue()).isEqualTo("/flags");
        assertThat(client.control("GET", "/flags", null).json()).isEmpty();
        assertThat(client.control("GET", "/faults", null).json()).isEmpty();
        assertThat(client.control("GET", "/settings", null).body()).isEqualTo(settings);
        assertThat(client.control("GET", "/events", null).json()).hasSize(1);
    }

    private void capture(String event, String timestamp) {
        client.capture("/e/", """
                {"api_key": "phc_emulator", "event": "%s", "distinct_id": "d", "timestamp": "%s"}"""
                .formatted(event, timestamp));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = { "POST|/events|{}|expected a JSON array",
            "POST|/events|[{\"event\": \"a\"}]|'distinct_id' is missing",
            "POST|/events|[{\"event\": \"a\", \"distinct_id\": \"d\", \"time\": 1}]|unknown field 'time'",
            "POST|/events|[{\"event\": \"a\", \"distinct_id\": \"d\", \"timestamp\": \"soon\"}]|'timestamp'",
            "POST|/events|[{\"event\": \"a\", \"distinct_id\": \"d\", \"uuid\": \"1\"}]|'uuid' has to be a uuid",
            "POST|/persons|{}|'count' is missing", "POST|/persons|[{}]|'distinct_id'", "POST|/keys|{}|'key' is missing",
            "PUT|/settings|{\"tieOrder\": \"random\"}|'tieOrder'", "PUT|/settings|{\"cloud\": 1}|'cloud'",
            "PUT|/settings|{\"rateLimits\": {\"all\": {\"burst\": 1}}}|unknown rate limit class 'all'",
            "POST|/faults|{\"path\": \"/\"}|a fault needs", "POST|/faults|{\"path\": \"/\", \"status\": 42}|'status'",
            "POST|/faults|{\"path\": \"/\", \"status\": 100}|'status'",
            "POST|/faults|{\"path\": \"/\", \"status\": 500, \"headers\": {\"a b\": 1}}|'a b' is not a valid header name",
            "POST|/faults|{\"path\": \"/\", \"status\": 500, \"headers\": {\"a\": \"\\n\"}}|control characters",
            "POST|/faults|nonsense|not JSON" })
    void badInputIsNamed(String method, String path, String body, String error) {
        var answer = client.control(method, path, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).contains(error);
    }

    @Test
    void rateLimitThrottlesAndTellsWhenToComeBack() {
        client.control("PUT", "/settings", "{\"rateLimits\": {\"persons\": {\"burst\": 2, \"burstSeconds\": 30}}}");
        client.get("/persons/");
        client.get("/persons/");
        var answer = client.get("/persons/");
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.text("code")).isEqualTo("throttled");
        assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(28, 30);
        assertThat(client.get("/feature_flags/").status()).isEqualTo(200);
    }

    @Test
    void realRateLimitsCanBeSwitchedOn() {
        var settings = client.control("PUT", "/settings", "{\"rateLimits\": true}").json();
        assertThat(settings.at("/rateLimits/query/burst").intValue()).isEqualTo(240);
        assertThat(client.control("PUT", "/settings", "{\"rateLimits\": false}").json().get("rateLimits")).isEmpty();
    }

    @Test
    void faultHitsTheNextMatchingRequests() {
        client.control("POST", "/faults", """
                {"path": "/batch", "method": "POST", "times": 2, "status": 503, "body": "busy", "retryAfter": 3}""");
        assertThat(client.get("/persons/").status()).isEqualTo(200);
        var answer = client.capture("/batch/", "{}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("busy");
        assertThat(answer.header("Retry-After")).contains("3");
        assertThat(client.control("GET", "/faults", null).json().at("/0/remaining").intValue()).isEqualTo(1);
        assertThat(client.capture("/batch/", "{}").status()).isEqualTo(503);
        assertThat(client.capture("/batch/", "{}").status()).isEqualTo(401);
    }

    @Test
    void faultPathMayHoldAWildcard() {
        client.control("POST", "/faults", "{\"path\": \"/api/projects/*/persons\", \"status\": 502}");
        assertThat(client.get("/persons/").status()).isEqualTo(502);
    }

    @Test
    void latencyDelaysTheUsualAnswer() {
        client.control("POST", "/faults", "{\"path\": \"/api\", \"latencyMillis\": 300}");
        Instant start = Instant.now();
        assertThat(client.get("/persons/").status()).isEqualTo(200);
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    }

    @Test
    void connectionMayBeDropped() {
        client.control("POST", "/faults", "{\"path\": \"/capture\", \"dropConnection\": true, \"times\": 9}");
        assertThatThrownBy(() -> client.capture("/capture/", "{}")).isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void faultsAreForgotten() {
        client.control("POST", "/faults", "{\"path\": \"/api\", \"status\": 500}");
        assertThat(client.control("DELETE", "/faults", null).json()).isEmpty();
        assertThat(client.get("/persons/").status()).isEqualTo(200);
    }

    @Test
    void faultMayHaveAContentTypeOfItsOwn() {
        client.control("POST", "/faults", """
                {"path": "/batch", "status": 502, "body": "<html>", "headers": {"Content-Type": "text/html"}}""");
        var answer = client.capture("/batch/", "{}");
        assertThat(answer.header("Content-Type")).contains("text/html");
        assertThat(answer.body()).isEqualTo("<html>");
    }

    @ParameterizedTest
    @CsvSource({ "401,authentication_failed", "403,permission_denied", "404,not_found", "429,throttled", "503,error" })
    void faultWithoutBodyHasTheUsualEnvelope(int status, String code) {
        client.control("POST", "/faults", "{\"path\": \"/api\", \"status\": " + status + ", \"retryAfter\": 7}");
        var answer = client.get("/persons/");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.text("detail").contains("7 seconds")).isEqualTo(status == 429);
    }

    @Test
    void faultMayLeaveOutTheBody() {
        client.control("POST", "/faults", "{\"path\": \"/batch\", \"status\": 204}");
        assertThat(client.capture("/batch/", "{}").body()).isEmpty();
    }

    @Test
    void recordedRequestsAreBoundedWithTheirQueries() {
        String query = "x".repeat(100_000);
        for (int i = 0; i < 900; i++) {
            client.get("/persons/4711/?q=" + query);
        }
        assertThat(client.control("GET", "/", null).json().at("/counts/requests").intValue()).isBetween(400, 680);
    }

    @Test
    void tooLargeInputIsNamed() {
        var answer = client.control("POST", "/events", " ".repeat(21 * 1024 * 1024));
        assertThat(answer.text("error")).startsWith("the body is larger");
    }

    @Test
    void resetMaySeed() {
        addEvent(1, minutesAgo(1));
        assertThat(client.control("POST", "/reset", null).json().at("/counts/events").intValue()).isZero();
        assertThat(client.control("POST", "/reset?seed=true", null).json().at("/counts/events").intValue()).isPositive();
    }
}
