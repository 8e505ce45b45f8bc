package io.quarkiverse.posthog.test.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** Redirects within the host are followed with the body; all others are rejected, so that no key leaves the host. */
class RedirectsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .overrideConfigKey("quarkus.posthog.retry.max-retries", "0");

    @Inject
    PostHog postHog;

    private WireMock stub;

    @BeforeEach
    void reset() {
        stub = PostHogStub.reset();
        stub.register(any(anyUrl()).atPriority(10).willReturn(jsonResponse("{\"status\": 1, \"id\": 7}", 200)));
    }

    @ParameterizedTest
    @CsvSource({ "307, /batch", "308, /batch", "308, ../batch?x=1", "307, HOST/batch", "308, ' /batch '" })
    @Tag("FLT-4")
    void sendsTheBodyToAnotherPathOfTheHost(int status, String location) {
        redirect("/batch/", status, location.replace("HOST", PostHogStub.url()));

        assertThat(capture()).isNull();

        List<LoggedRequest> requests = stub.find(anyRequestedFor(urlPathMatching("/batch/?")));
        assertThat(requests).extracting(request -> request.getUrl().replaceAll("[?].*", ""))
                .contains("/batch/")
                .hasSize(2);
        assertThat(requests).extracting(LoggedRequest::getBodyAsString).hasSize(2)
                .allSatisfy(body -> assertThat(body).contains("\"redirected\""));
    }

    @Test
    @Tag("FLT-4")
    void sendsThePersonalKeyWithinTheHost() {
        redirect(PostHogStub.path("/cohorts/7/"), 308, "/moved/7");

        assertThat(postHog.cohorts().get(7).await().atMost(Duration.ofSeconds(10)).id()).isEqualTo(7);

        assertThat(stub.find(anyRequestedFor(urlPathEqualTo("/moved/7")))).singleElement()
                .satisfies(request -> assertThat(request.getHeader("Authorization"))
                        .isEqualTo("Bearer " + PostHogStub.PERSONAL_KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://127.0.0.1:1/batch", "https://localhost/batch", "//elsewhere.example/batch",
            "http://localhost:1/batch", "http://user@HOST/batch", "http:///batch", "ftp://HOST/batch", "::::", "",
            "http://[", "javascript:alert(1)" })
    @Tag("FLT-4")
    void rejectsAnotherOrigin(String location) {
        redirect("/batch/", 308, location.replace("HOST", PostHogStub.url().substring("http://".length())));

        assertThat(capture()).isInstanceOf(PostHogResponseException.class).hasMessageContaining("redirect (308)");
        assertThat(stub.find(anyRequestedFor(anyUrl()))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 300, 301, 302, 303, 305 })
    @Tag("FLT-4")
    void rejectsRedirectsThatMayChangeTheMethod(int status) {
        redirect("/batch/", status, "/batch");

        assertThat(capture()).isInstanceOf(PostHogResponseException.class).hasMessageContaining("redirect (" + status + ")");
    }

    @Test
    @Tag("FLT-4")
    void followsThreeRedirectsAtMost() {
        redirect("/batch/", 307, "/1");
        redirect("/1", 307, "/2");
        redirect("/2", 307, "/3");
        redirect("/3", 307, "/4");

        assertThat(capture()).isInstanceOf(PostHogResponseException.class).hasMessageContaining("/4");
        assertThat(stub.find(anyRequestedFor(anyUrl()))).hasSize(4);
    }

    private void redirect(String path, int status, String location) {
        stub.register(any(urlPathEqualTo(path)).willReturn(aResponse().withStatus(status).withHeader("Location", location)));
    }

    private Throwable capture() {
        return catchThrowable(() -> postHog.captureImmediate(CaptureEvent.of("redirected", "zoey")).await()
                .atMost(Duration.ofSeconds(10)));
    }
}
