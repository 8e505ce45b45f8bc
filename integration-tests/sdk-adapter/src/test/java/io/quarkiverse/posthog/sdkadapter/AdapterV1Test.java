package io.quarkiverse.posthog.sdkadapter;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.quarkiverse.posthog.sdkadapter.Adapter.capture;
import static io.quarkiverse.posthog.sdkadapter.Adapter.flush;
import static io.quarkiverse.posthog.sdkadapter.Adapter.init;
import static io.quarkiverse.posthog.sdkadapter.Adapter.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Verifies the differences with protocol v1 and zstd compression. */
@QuarkusTest
@TestProfile(AdapterV1Test.Run.class)
class AdapterV1Test {

    @RegisterExtension
    static final Stub POSTHOG = new Stub();

    public static class Run implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("adapter.protocol", "v1", "adapter.encoding", "zstd");
        }
    }

    @Test
    void healthListsCapabilities() {
        given().get("/health").then().body("capabilities", contains("capture_v1", "encoding_zstd"));
    }

    @Test
    void optionsAreSent() {
        init(POSTHOG, "options", Map.of());

        capture("options", Map.of("options", Map.of("process_person_profile", false)));

        flush("options").body("events_flushed", is(1));
        POSTHOG.got(postRequestedFor(urlPathEqualTo("/i/v1/analytics/events"))
                .withRequestBody(matchingJsonPath("$.batch[0].options.process_person_profile", equalTo("false"))));
    }

    @Test
    void unknownOptionsAreRejected() {
        init(POSTHOG, "unknown", Map.of());

        post("/capture", "unknown", Map.of("event", "purchase", "distinct_id", "zoe", "options", Map.of("colour", "red")))
                .statusCode(400).body("error", containsString("'colour'"));
    }

    @Test
    void requestsAreCompressedOnDemand() {
        init(POSTHOG, "zstd", Map.of("enable_compression", true));

        capture("zstd", Map.of());

        flush("zstd").body("events_flushed", is(1));
        POSTHOG.got(postRequestedFor(urlPathEqualTo("/i/v1/analytics/events"))
                .withHeader("Content-Encoding", equalTo("zstd")));
    }
}
