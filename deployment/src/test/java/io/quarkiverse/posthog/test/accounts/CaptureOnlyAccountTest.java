package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.quarkiverse.posthog.test.accounts.Applications.accepted;
import static io.quarkiverse.posthog.test.accounts.Applications.capture;
import static io.quarkiverse.posthog.test.accounts.Applications.withoutAccounts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogMissingKeyException;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** An account with nothing but the project token captures, and says what it lacks for the rest. */
class CaptureOnlyAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withoutAccounts()
            .overrideConfigKey("quarkus.posthog.host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.project-api-key", PostHogStub.PROJECT_KEY);

    @Inject
    PostHog posthog;

    @Test
    void captures() {
        PostHogStub.reset().register(accepted());

        assertThat(capture(posthog)).isNotNull();
    }

    @Test
    void readsNothing() {
        WireMock stub = PostHogStub.reset();

        assertThatThrownBy(() -> posthog.events().list().collect().asList().await().indefinitely())
                .isInstanceOf(PostHogMissingKeyException.class)
                .hasMessage("PostHog account 'default', events.list: the account has no personal-api-key; set "
                        + "quarkus.posthog.personal-api-key");
        stub.verifyThat(0, anyRequestedFor(anyUrl()));
    }
}
