package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.text;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkus.test.QuarkusUnitTest;

/** An application that injects an account with the wrong kind of key does not start, and the key is not shown. */
class SwappedKeysTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.project-api-key", "phx_verySecret")
            .assertException(failure -> assertThat(text(failure))
                    .contains("quarkus.posthog.project-api-key holds a personal API key (phx_), but needs the project token",
                            "SwappedKeysTest#posthog")
                    .doesNotContain("verySecret"));

    @Inject
    PostHog posthog;

    @Test
    void doesNotStart() {
        Assertions.fail("started with the wrong kind of key");
    }
}
