package io.quarkiverse.posthog.test.observability;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** What an account does can be read from its metrics. */
class MetricsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.applicationWith("quarkus-micrometer-registry-prometheus")
            .overrideConfigKey("quarkus.posthog.feature-flags-secure-api-key", "phs_stub")
            .overrideConfigKey("quarkus.posthog.flags.definitions.poll-interval", "1H");

    @Inject
    PostHog postHog;

    @Inject
    PostHogAccounts accounts;

    @Test
    @Tag("MET-1")
    void eventsAreCountedByWhatBecameOfThem() {
        WireMock stub = PostHogStub.reset();
        stub.register(post(anyUrl()).willReturn(jsonResponse("{\"status\":1}", 200)));
        postHog.capture(CaptureEvent.of("order placed", "zoe"));
        postHog.capture(CaptureEvent.of("order placed", "zoe"));
        postHog.capture(CaptureEvent.of(" ", "zoe"));
        assertThat(metrics()).contains("posthog_capture_queue_events{account=\"default\"} 2.0");
        // Registries have weak references to what they read
        System.gc();
        postHog.flush().await().indefinitely();

        assertThat(metrics()).contains(
                "posthog_capture_accepted_events_total{account=\"default\"} 2.0",
                "posthog_capture_delivered_events_total{account=\"default\"} 2.0",
                "posthog_capture_dropped_events_total{account=\"default\",reason=\"invalid\"} 1.0",
                "posthog_capture_dropped_events_total{account=\"default\",reason=\"queue_full\"} 0.0",
                "posthog_capture_retries_requests_total{account=\"default\"} 0.0",
                "posthog_capture_queue_events{account=\"default\"} 0.0",
                "posthog_capture_queue_size_bytes{account=\"default\"} 0.0",
                "posthog_capture_batch_events_sum{account=\"default\"} 2.0",
                "posthog_capture_batch_size_bytes_count{account=\"default\"} 1",
                "posthog_capture_latency_seconds_count{account=\"default\"} 1",
                "posthog_api_requests_seconds_count{account=\"default\",operation=\"capture\",status=\"200\"} 1");
    }

    @Test
    @Tag("MET-2")
    void requestsAreCountedByOperationAndStatus() {
        WireMock stub = PostHogStub.reset();
        stub.register(get(anyUrl()).willReturn(notFound()));
        postHog.dashboards().get(7).onFailure().recoverWithNull().await().indefinitely();
        stub.register(get(anyUrl()).willReturn(jsonResponse("{\"id\": 7, \"name\": \"Sales\"}", 200)));
        postHog.dashboards().get(7).await().indefinitely();

        assertThat(metrics()).contains(
                "posthog_api_requests_seconds_count{account=\"default\",operation=\"dashboards.get\",status=\"404\"} 1",
                "posthog_api_requests_seconds_count{account=\"default\",operation=\"dashboards.get\",status=\"200\"} 1");
    }

    @Test
    @Tag("ISO-3")
    void theMetricsOfQuarkusCountEachRequestOnce() {
        PostHogStub.reset().register(get(anyUrl()).willReturn(jsonResponse("{\"id\": 8, \"name\": \"Sales\"}", 203)));

        postHog.dashboards().get(8).await().indefinitely();

        assertThat(metrics().lines().filter(line -> line.startsWith("http_client_requests_seconds_count")
                && line.contains("status=\"203\""))).singleElement().asString()
                .contains("method=\"GET\"", "uri=\"/api/projects/{project}/dashboards/{id}\"").endsWith(" 1.0");
    }

    @Test
    @Tag("MET-2")
    void requestsToAnyEndpointAreGroupedByTheirTemplate() {
        PostHogStub.reset().register(get(anyUrl()).willReturn(jsonResponse("{\"id\": 8}", 206)));

        for (int id = 0; id < 3; id++) {
            postHog.api().get("/api/projects/{project}/surveys/{id}/").path("id", "key-" + id).asMap().await().indefinitely();
        }
        postHog.api().get("/api/projects/4242/surveys/0192f000-1/").asMap().await().indefinitely();

        assertThat(metrics()).contains(
                "posthog_api_requests_seconds_count{account=\"default\",operation=\"api.get\",status=\"206\"} 4");
        assertThat(metrics().lines().filter(line -> line.startsWith("http_client_requests_seconds_count")
                && line.contains("status=\"206\""))).hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("uri=\"/api/projects/{project}/surveys/{id}\"").endsWith(" 3.0"))
                .anySatisfy(line -> assertThat(line).contains("uri=\"/api/projects/{id}/surveys/{id}\"").endsWith(" 1.0"));
    }

    @Test
    @Tag("MET-4")
    void flagsAndTheirDefinitionsAreCounted() {
        PostHogStub.reset().register(get(urlPathEqualTo("/flags/definitions")).willReturn(jsonResponse("""
                {"flags": [{"id": 1, "key": "beta-ui", "active": true, "filters": {"groups": [{"properties": []}]}}]}
                """, 200)));
        // The start of the application may have loaded definitions already
        double polls = changedDefinitions();
        postHog.reloadFlagDefinitions().await().indefinitely();

        postHog.evaluateFlagsLocally(FlagContext.of("zoe").flagKeys("beta-ui", "unknown"));

        assertThat(changedDefinitions()).isEqualTo(polls + 1);
        assertThat(metrics()).contains(
                "posthog_flags_definitions_flags{account=\"default\"} 1.0",
                "posthog_flags_evaluations_flags_total{account=\"default\",source=\"local\"} 1.0",
                "posthog_flags_evaluations_flags_total{account=\"default\",source=\"missing\"} 1.0")
                .containsPattern("posthog_flags_definitions_age_seconds\\{account=\"default\"} [0-9]");
    }

    @Test
    @Tag("MET-3")
    void anAccountThatIsClosedHasNoMetrics() {
        PostHogStub.reset().register(post(anyUrl()).willReturn(jsonResponse("{\"status\":1}", 200)));
        PostHog tenant = accounts.open("tenant",
                AccountSettings.create().host(URI.create(PostHogStub.url())).projectApiKey("phc_tenant"));
        tenant.capture(CaptureEvent.of("order placed", "zoe"));
        assertThat(metrics()).contains("account=\"tenant\"");

        accounts.close("tenant");

        assertThat(tenant.captureStatus().delivered()).isEqualTo(1);
        assertThat(metrics()).doesNotContain("account=\"tenant\"");
    }

    private static double changedDefinitions() {
        String name = "posthog_flags_definitions_polls_total{account=\"default\",outcome=\"changed\"} ";
        return metrics().lines().filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length()))).sum();
    }

    private static String metrics() {
        return RestAssured.get("/q/metrics").then().statusCode(200).extract().asString();
    }
}
