package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.text;
import static io.quarkiverse.posthog.test.accounts.Applications.withoutAccounts;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkus.test.QuarkusUnitTest;

/** An application that injects the default account does not start without a key for it. */
class MissingKeysTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withoutAccounts()
            .overrideConfigKey("quarkus.posthog.\"work\".project-api-key", "phc_work")
            .assertException(failure -> assertThat(text(failure)).contains(
                    "PostHog account 'default' has no key: set quarkus.posthog.project-api-key to capture events and evaluate flags, "
                            + "quarkus.posthog.personal-api-key to read and manage, or both",
                    "Usable accounts: work",
                    "https://docs.quarkiverse.io/quarkus-posthog/",
                    "MissingKeysTest#posthog"));

    @Inject
    PostHog posthog;

    @Test
    void doesNotStart() {
        Assertions.fail("started without a key");
    }
}
