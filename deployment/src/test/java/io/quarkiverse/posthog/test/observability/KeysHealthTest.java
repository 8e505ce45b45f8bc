package io.quarkiverse.posthog.test.observability;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** Readiness that verifies the keys with PostHog. */
class KeysHealthTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.applicationWith("quarkus-smallrye-health")
            .overrideConfigKey("quarkus.posthog.health.verify-keys", "true")
            // On a busy machine, the first request can take longer than the defaults; its result is cached
            .overrideConfigKey("quarkus.posthog.flags.timeout", "30s")
            .overrideConfigKey("quarkus.posthog.check.timeout", "30s")
            .overrideConfigKey("quarkus.posthog.\"work\".flags.timeout", "30s")
            .overrideConfigKey("quarkus.posthog.\"work\".host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.\"work\".project-api-key", "phc_unknown");

    @Inject
    PostHog postHog;

    @Inject
    @PostHogAccount("work")
    PostHog work;

    @Test
    @Tag("HLT-5")
    void aRejectedKeyMakesTheApplicationUnready() {
        WireMock stub = PostHogStub.reset();
        stub.register(get(anyUrl()).willReturn(serviceUnavailable()));
        stub.register(post(urlPathEqualTo("/flags/")).willReturn(jsonResponse("{\"flags\": {}}", 200)));
        stub.register(post(urlPathEqualTo("/flags/")).withRequestBody(containing("phc_unknown"))
                .willReturn(jsonResponse("{\"detail\": \"Project API key invalid.\"}", 401)));
        // Only accounts in use are verified
        assertThat(postHog.account() + work.account()).isEqualTo("defaultwork");

        RestAssured.get("/q/health/ready").then().statusCode(503)
                .body("checks.find { it.name == 'PostHog' }.data.'default.keys'", is("verified: project API key"))
                .body("checks.find { it.name == 'PostHog' }.data.'work.keys'",
                        startsWith("project API key: PostHog does not recognize it"));
        int requests = stub.getServeEvents().size();
        RestAssured.get("/q/health/ready").then().statusCode(503);

        assertThat(stub.getServeEvents()).as("requests while the result is cached").hasSize(requests);
    }
}
