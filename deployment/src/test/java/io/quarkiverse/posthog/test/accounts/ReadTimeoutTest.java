package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.quarkiverse.posthog.test.accounts.Applications.capture;
import static io.quarkiverse.posthog.test.accounts.Applications.read;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** An answer is waited for as long as configured. */
class ReadTimeoutTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.read-timeout", "200ms")
            .overrideConfigKey("quarkus.posthog.capture.request-timeout", "300ms")
            .overrideConfigKey("quarkus.posthog.retry.max-retries", "0");

    @Inject
    PostHog posthog;

    @Test
    void failureNamesTheHostAndTheKey() {
        PostHogStub.reset().register(get(anyUrl()).willReturn(okJson("{}").withFixedDelay(5_000)));

        assertThatThrownBy(() -> read(posthog)).isInstanceOf(PostHogConnectionException.class)
                .hasMessage("PostHog account 'default', cohorts.page: no response from " + PostHogStub.url()
                        + " within 200 ms; raise quarkus.posthog.read-timeout to wait longer");
    }

    @Test
    void ofTheIngestionHasItsOwn() {
        PostHogStub.reset().register(post(anyUrl()).willReturn(okJson("{}").withFixedDelay(5_000)));

        assertThatThrownBy(() -> capture(posthog)).isInstanceOf(PostHogConnectionException.class)
                .hasMessageContaining("within 300 ms; raise quarkus.posthog.capture.request-timeout to wait longer");
    }
}
