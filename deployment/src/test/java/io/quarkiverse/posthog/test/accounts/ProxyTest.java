package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static io.quarkiverse.posthog.test.accounts.Applications.cohorts;
import static io.quarkiverse.posthog.test.accounts.Applications.read;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** Requests go through the proxy that is configured by name; {@code none} is no proxy, not even the global one. */
class ProxyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.host", "http://posthog.invalid")
            .overrideConfigKey("quarkus.posthog.proxy-configuration-name", "outbound")
            .overrideConfigKey("quarkus.proxy.\"outbound\".host", "localhost")
            .overrideConfigKey("quarkus.proxy.\"outbound\".port", PostHogStub.url().replaceAll(".*:", ""))
            .overrideConfigKey("quarkus.posthog.\"direct\".host", "http://posthog.invalid")
            .overrideConfigKey("quarkus.posthog.\"direct\".personal-api-key", "phx_direct")
            .overrideConfigKey("quarkus.posthog.\"direct\".proxy-configuration-name", "none")
            .overrideConfigKey("quarkus.posthog.\"direct\".retry.max-retries", "0");

    @Inject
    PostHog posthog;

    @Inject
    @PostHogAccount("direct")
    PostHog direct;

    @Test
    void requestsGoThroughTheProxy() {
        WireMock stub = PostHogStub.reset();
        stub.register(cohorts(PostHogStub.path(""), 6).withHost(equalTo("posthog.invalid")));

        assertThat(read(posthog)).isEqualTo(6);
    }

    @Test
    void noneIsNoProxy() {
        WireMock stub = PostHogStub.reset();

        assertThatThrownBy(() -> read(direct)).isInstanceOf(PostHogConnectionException.class)
                .hasMessageContaining("can't reach http://posthog.invalid");
        stub.verifyThat(0, anyRequestedFor(anyUrl()));
    }
}
