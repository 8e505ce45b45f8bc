package io.quarkiverse.posthog.sdkadapter;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.quarkiverse.posthog.sdkadapter.Adapter.capture;
import static io.quarkiverse.posthog.sdkadapter.Adapter.flush;
import static io.quarkiverse.posthog.sdkadapter.Adapter.init;
import static io.quarkiverse.posthog.sdkadapter.Adapter.post;
import static io.quarkiverse.posthog.sdkadapter.Adapter.state;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

/** Verifies each endpoint with protocol v0. */
@QuarkusTest
class AdapterTest {

    private static final String UUID = "0198c0de-0000-7000-8000-000000000abc";

    @RegisterExtension
    static final Stub POSTHOG = new Stub();

    @Test
    void healthListsCapabilities() {
        given().get("/health").then().statusCode(200)
                .body("sdk_name", is("quarkus-posthog"))
                .body("supports_parallel", is(true))
                .body("capabilities", contains("capture_v0", "capture_ai_v0", "encoding_gzip"));
    }

    @Test
    void anEventIsSent() {
        init(POSTHOG, "event", Map.of());

        capture("event", Map.of("properties", Map.of("amount", 42), "timestamp", "2025-01-02T08:34:05+05:30"));

        flush("event").body("events_flushed", is(1));
        POSTHOG.got(postRequestedFor(urlPathEqualTo("/batch/"))
                .withHeader("Content-Encoding", absent())
                .withRequestBody(matchingJsonPath("$.api_key", equalTo("phc_test")))
                .withRequestBody(matchingJsonPath("$.batch[0].properties.amount", equalTo("42")))
                .withRequestBody(matchingJsonPath("$.batch[0].timestamp", containing("2025-01-02T03:04:05"))));
    }

    @Test
    void aiEventIsSentToItsOwnEndpoint() {
        init(POSTHOG, "ai", Map.of());

        post("/capture_ai", "ai", Map.of("event", "$ai_generation", "distinct_id", "zoe", "uuid", UUID))
                .statusCode(200).body("uuid", is(UUID));

        flush("ai").body("events_flushed", is(1));
        POSTHOG.got(postRequestedFor(urlPathEqualTo("/i/v0/ai/batch/"))
                .withRequestBody(matchingJsonPath("$.batch[0].uuid", equalTo(UUID))));
    }

    @Test
    void requestsAreCompressedOnDemand() {
        init(POSTHOG, "gzip", Map.of("enable_compression", true));

        capture("gzip", Map.of());

        flush("gzip").body("events_flushed", is(1));
        POSTHOG.got(postRequestedFor(urlPathEqualTo("/batch/")).withHeader("Content-Encoding", equalTo("gzip")));
    }

    @Test
    void concurrentTestsAreIsolated() {
        init(POSTHOG, "first", Map.of());
        init(POSTHOG, "second", Map.of());

        capture("first", Map.of());

        flush("first");
        state("second").body("total_events_captured", is(0)).body("requests_made", hasSize(0));
        POSTHOG.got(postRequestedFor(urlPathEqualTo("/batch/")).withHeader("X-Test-Id", equalTo("first")));
    }

    @Test
    void theStateListsEachAttempt() {
        POSTHOG.failsOnce(503);
        init(POSTHOG, "attempts", Map.of());

        String uuid = capture("attempts", Map.of()).extract().path("uuid");

        flush("attempts");
        // Flushing does not wait for every repetition
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> state("attempts").body("pending_events", is(0)));
        state("attempts")
                .body("total_events_sent", is(1))
                .body("total_retries", is(1))
                .body("requests_made.status_code", contains(503, 200))
                .body("requests_made.retry_attempt", contains(0, 1))
                .body("requests_made[1].uuid_list", contains(uuid));
    }

    @Test
    void resetRemovesTheInstance() {
        init(POSTHOG, "reset", Map.of());

        post("/reset", "reset", Map.of()).statusCode(200);

        state("reset").statusCode(409).body("error", containsString("POST /init first"));
    }

    @Test
    void missingFieldsAreReported() {
        post("/init", "incomplete", Map.of("api_key", "phc_test")).statusCode(400).body("error", is("host is missing"));
    }

    @Test
    void invalidJsonIsRejected() {
        given().contentType(ContentType.JSON).body("{\"event\":").post("/capture").then()
                .statusCode(400).body("error", containsString("Unexpected end-of-input"));
    }

    @Test
    void aFlagIsEvaluatedByPostHog() {
        POSTHOG.answersFlags("{\"flags\": {\"beta\": {\"key\": \"beta\", \"enabled\": true, \"variant\": \"blue\"}}}");
        init(POSTHOG, "flag", Map.of());

        post("/get_feature_flag", "flag", Map.of("key", "beta", "distinct_id", "zoe", "force_remote", true,
                "person_properties", Map.of("plan", "pro"), "groups", Map.of("company", "acme"),
                "group_properties", Map.of("company", Map.of("size", 3)), "disable_geoip", true))
                .statusCode(200).body("success", is(true)).body("value", is("blue"));

        POSTHOG.got(postRequestedFor(urlPathEqualTo("/flags/")).withQueryParam("v", equalTo("2"))
                .withHeader("Authorization", absent())
                .withRequestBody(equalToJson("""
                        {"token": "phc_test", "distinct_id": "zoe", "groups": {"company": "acme"},
                         "person_properties": {"plan": "pro"}, "group_properties": {"company": {"size": 3}},
                         "geoip_disable": true, "flag_keys_to_evaluate": ["beta"], "evaluation_runtime": "server"}""")));
        flush("flag").body("events_flushed", is(1));
        POSTHOG.got(postRequestedFor(urlPathEqualTo("/batch/"))
                .withRequestBody(matchingJsonPath("$.batch[0].event", equalTo("$feature_flag_called"))));
    }

    @Test
    void unknownFlagHasNoValue() {
        POSTHOG.answersFlags("{\"flags\": {}}");
        init(POSTHOG, "unknown flag", Map.of());

        post("/get_feature_flag", "unknown flag", Map.of("key", "beta", "distinct_id", "zoe")).statusCode(200)
                .body("value", nullValue());
    }

    @Test
    void flagWithoutPersonIsRejected() {
        init(POSTHOG, "nobody", Map.of());

        post("/get_feature_flag", "nobody", Map.of("key", "beta")).statusCode(400).body("error", is("distinct_id is missing"));
    }
}
