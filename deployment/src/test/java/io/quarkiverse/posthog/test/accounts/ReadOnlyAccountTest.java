package io.quarkiverse.posthog.test.accounts;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.quarkiverse.posthog.test.accounts.Applications.capture;
import static io.quarkiverse.posthog.test.accounts.Applications.cohorts;
import static io.quarkiverse.posthog.test.accounts.Applications.read;
import static io.quarkiverse.posthog.test.accounts.Applications.withoutAccounts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.PostHogMissingKeyException;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** An account with nothing but the personal key reads, and says what it lacks for capturing. */
class ReadOnlyAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withoutAccounts()
            .overrideConfigKey("quarkus.posthog.\"work\".host", PostHogStub.url())
            .overrideConfigKey("quarkus.posthog.\"work\".project-id", "4242")
            .overrideConfigKey("quarkus.posthog.\"work\".personal-api-key", PostHogStub.PERSONAL_KEY);

    @Inject
    @PostHogAccount("work")
    PostHog work;

    @Test
    void reads() {
        PostHogStub.reset().register(cohorts(PostHogStub.path(""), 5));

        assertThat(read(work)).isEqualTo(5);
    }

    @Test
    void capturesNothing() {
        WireMock stub = PostHogStub.reset();

        assertThatThrownBy(() -> capture(work)).isInstanceOf(PostHogMissingKeyException.class)
                .hasMessage("PostHog account 'work', captureImmediate: the account has no project-api-key; set "
                        + "quarkus.posthog.\"work\".project-api-key");
        stub.verifyThat(0, anyRequestedFor(anyUrl()));
    }
}
