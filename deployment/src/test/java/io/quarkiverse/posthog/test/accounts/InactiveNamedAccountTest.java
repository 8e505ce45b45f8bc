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

/** An application that injects an inactive account does not start, though another account is active. */
class InactiveNamedAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.\"work\".project-api-key", "phc_work")
            .overrideConfigKey("quarkus.posthog.\"work\".active", "false")
            .assertException(failure -> assertThat(text(failure)).contains(
                    "PostHog account 'work' is inactive, because quarkus.posthog.\"work\".active is false",
                    "Usable accounts: default",
                    "InactiveNamedAccountTest#work"));

    @Inject
    @PostHogAccount("work")
    PostHog work;

    @Test
    void doesNotStart() {
        Assertions.fail("started with an inactive account");
    }
}
