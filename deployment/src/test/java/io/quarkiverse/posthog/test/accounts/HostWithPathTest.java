package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.quarkiverse.posthog.test.accounts.Applications.capture;
import static io.quarkiverse.posthog.test.accounts.Applications.cohorts;
import static io.quarkiverse.posthog.test.accounts.Applications.read;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** A self-hosted PostHog may live under a path, and its ingestion somewhere else. */
class HostWithPathTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.host", PostHogStub.url() + "/tools/posthog/")
            .overrideConfigKey("quarkus.posthog.\"proxied\".host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.\"proxied\".ingestion-host", PostHogStub.url() + "/ingest")
            .overrideConfigKey("quarkus.posthog.\"proxied\".project-api-key", "phc_proxied");

    @Inject
    PostHog posthog;

    @Inject
    @PostHogAccount("proxied")
    PostHog proxied;

    @Test
    void pathOfTheHostPrecedesThePathOfTheRequest() {
        WireMock stub = PostHogStub.reset();
        stub.register(cohorts("/tools/posthog" + PostHogStub.path(""), 5));
        stub.register(post(urlPathEqualTo("/tools/posthog/batch/")).willReturn(okJson("{}")));

        assertThat(read(posthog)).isEqualTo(5);
        assertThat(capture(posthog)).isNotNull();
    }

    @Test
    void ingestionHostIsAskedForCapturing() {
        WireMock stub = PostHogStub.reset();
        stub.register(post(urlPathEqualTo("/ingest/batch/")).willReturn(okJson("{}")));

        assertThat(capture(proxied)).isNotNull();
    }
}
