package io.quarkiverse.posthog.test.observability;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.hamcrest.Matchers.is;

import jakarta.inject.Inject;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** Readiness that depends on PostHog, with {@code health.fail-on}. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UnreadyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.applicationWith("quarkus-smallrye-health")
            .overrideConfigKey("quarkus.posthog.health.fail-on", "delivery,queue")
            .overrideConfigKey("quarkus.posthog.capture.queue.max-events", "10")
            .overrideConfigKey("quarkus.posthog.capture.flush-interval", "1H")
            .overrideConfigKey("quarkus.posthog.capture.retry.initial-delay", "1H")
            .overrideConfigKey("quarkus.posthog.capture.retry.max-delay", "1H")
            .overrideConfigKey("quarkus.posthog.capture.shutdown-timeout", "0S");

    @Inject
    PostHog postHog;

    @Test
    @Order(1)
    @Tag("HLT-3")
    void anAlmostFullQueueMakesTheApplicationUnready() {
        for (int i = 0; i < 8; i++) {
            postHog.capture(CaptureEvent.of("order placed", "zoe"));
        }
        RestAssured.get("/q/health/ready").then().statusCode(200).body("status", is("UP"));

        postHog.capture(CaptureEvent.of("order placed", "zoe"));

        RestAssured.get("/q/health/ready").then().statusCode(503).body("status", is("DOWN"));
        PostHogStub.reset().register(post(anyUrl()).willReturn(jsonResponse("{\"status\":1}", 200)));
        postHog.flush().await().indefinitely();
    }

    @Test
    @Order(2)
    @Tag("HLT-3")
    void configuredConditionsMakeTheApplicationUnready() {
        PostHogStub.reset().register(post(anyUrl()).willReturn(serverError()));
        RestAssured.get("/q/health/ready").then().statusCode(200).body("status", is("UP"));

        postHog.capture(CaptureEvent.of("order placed", "zoe"));
        postHog.flush().await().indefinitely();

        RestAssured.get("/q/health/ready").then().statusCode(503).body("status", is("DOWN"));
    }
}
