package io.quarkiverse.posthog.test.observability;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;

/** Readiness tells how PostHog stands, and does not depend on it. */
class HealthTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.applicationWith("quarkus-smallrye-health")
            .overrideConfigKey("quarkus.posthog.capture.retry.initial-delay", "1H")
            .overrideConfigKey("quarkus.posthog.capture.retry.max-delay", "1H")
            .overrideConfigKey("quarkus.posthog.capture.shutdown-timeout", "0S");

    @Inject
    PostHog postHog;

    @Test
    @Tag("HLT-1")
    @Tag("HLT-2")
    @Tag("HLT-6")
    void anApplicationIsReadyThoughPostHogIsDownAndSaysSo() {
        WireMock stub = PostHogStub.reset();
        ready().body("status", is("UP"))
                .body("checks.find { it.name == 'PostHog' }.data.'default.delivery'", is("nothing sent yet"))
                .body("checks.find { it.name == 'PostHog' }.data.'default.queue'", is("0 events"));
        assertThat(stub.getServeEvents()).as("requests for the sake of readiness").isEmpty();
        stub.register(post(anyUrl()).willReturn(serverError()));

        postHog.capture(CaptureEvent.of("order placed", "zoe"));
        postHog.flush().await().indefinitely();

        ready().body("status", is("UP"))
                .body("checks.find { it.name == 'PostHog' }.data.'default.delivery'", startsWith("failing: "))
                .body("checks.find { it.name == 'PostHog' }.data.'default.queue'", is("1 events"))
                .body("checks.find { it.name == 'PostHog' }.data", not(hasKey("default.definitions")));
    }

    private static ValidatableResponse ready() {
        return RestAssured.get("/q/health/ready").then().statusCode(200);
    }
}
