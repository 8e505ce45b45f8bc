package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.text;
import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkus.test.QuarkusUnitTest;

/** An application that injects a named account does not start when nothing is configured under the name. */
class UnknownNamedAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.posthog.\"work\".project-api-key", "phc_work")
            .assertException(failure -> assertThat(text(failure)).contains(
                    "PostHog account 'wrok' has no key: set quarkus.posthog.\"wrok\".project-api-key to capture events and evaluate flags, "
                            + "quarkus.posthog.\"wrok\".personal-api-key to read and manage, or both",
                    "Usable accounts: default, work",
                    "UnknownNamedAccountTest#work"));

    @Inject
    @PostHogAccount("wrok")
    PostHog work;

    @Test
    void doesNotStart() {
        Assertions.fail("started without the account");
    }
}
