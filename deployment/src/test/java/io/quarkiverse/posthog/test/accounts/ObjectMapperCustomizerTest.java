package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.accepted;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.test.QuarkusUnitTest;

/** An ObjectMapperCustomizer can use the account that it customizes the values for. */
class ObjectMapperCustomizerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.capture.compression", "none");

    @Inject
    PostHog postHog;

    public record Price(int cents) {
    }

    @Test
    @Tag("CAP-9")
    void canCaptureEvents() {
        WireMock stub = PostHogStub.reset();
        stub.register(accepted());

        assertThat(postHog.capture(CaptureEvent.of("viewed", "zoe").property("price", new Price(499)))).isPresent();

        assertThat(postHog.flush().await().atMost(Duration.ofSeconds(20)).queued()).isZero();
        assertThat(stub.find(WireMock.anyRequestedFor(WireMock.anyUrl())).stream().map(LoggedRequest::getBodyAsString))
                .anySatisfy(body -> assertThat(body).contains("customized", "viewed", "499"));
    }

    @Singleton
    public static class Customizer implements ObjectMapperCustomizer {

        @Inject
        PostHog postHog;

        @Override
        public void customize(ObjectMapper mapper) {
            postHog.capture(CaptureEvent.of("customized", "zoe").property("plan", "pro"));
        }
    }
}
