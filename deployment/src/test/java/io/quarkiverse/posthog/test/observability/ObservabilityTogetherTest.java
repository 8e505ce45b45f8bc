package io.quarkiverse.posthog.test.observability;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;

/** An application with health, metrics and tracing has all of them. */
class ObservabilityTogetherTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub
            .applicationWith("quarkus-smallrye-health", "quarkus-micrometer-registry-prometheus", "quarkus-opentelemetry")
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Orders.class))
            .overrideConfigKey("quarkus.posthog.feature-flags-secure-api-key", "phs_stub")
            .overrideConfigKey("quarkus.posthog.flags.definitions.poll-interval", "1H")
            .overrideConfigKey("quarkus.otel.traces.exporter", "none");

    @Path("/orders")
    public static class Orders {

        @Inject
        PostHog postHog;

        @GET
        public Uni<String> order() {
            return postHog.captureImmediate(CaptureEvent.of("order placed", "zoe")).map(Object::toString);
        }
    }

    @Inject
    PostHog postHog;

    @Test
    @Tag("HLT-1")
    @Tag("HLT-3")
    void anApplicationIsReadyWhenDefinitionsAreThere() {
        WireMock stub = PostHogStub.reset();
        stub.register(get(urlPathEqualTo("/flags/definitions")).willReturn(unauthorized()));
        postHog.reloadFlagDefinitions().await().indefinitely();
        RestAssured.get("/q/health/ready").then().statusCode(503)
                .body("checks.find { it.name == 'PostHog' }.data.'default.definitions'", startsWith("missing: "));

        stub.register(get(urlPathEqualTo("/flags/definitions")).willReturn(jsonResponse("{\"flags\": []}", 200)));
        FlagDefinitionsStatus status = postHog.reloadFlagDefinitions().await().indefinitely();

        assertThat(status.loaded()).isTrue();
        RestAssured.get("/q/health/ready").then().statusCode(200).body("status", is("UP"))
                .body("checks.find { it.name == 'PostHog' }.data.'default.definitions'", startsWith("0 flags, confirmed "));
    }

    @Test
    @Tag("MET-1")
    @Tag("OTL-1")
    void anEventIsCountedAndHasItsTrace() {
        WireMock stub = PostHogStub.reset();
        stub.register(post(anyUrl()).willReturn(jsonResponse("{\"status\":1}", 200)));

        RestAssured.get("/orders").then().statusCode(200);

        assertThat(stub.find(postRequestedFor(anyUrl()))).singleElement()
                .satisfies(request -> assertThat(request.getBodyAsString()).contains("\"trace_id\":\"", "\"span_id\":\""));
        assertThat(RestAssured.get("/q/metrics").then().statusCode(200).extract().asString())
                .contains("posthog_capture_delivered_events_total{account=\"default\"} 1.0");
    }
}
