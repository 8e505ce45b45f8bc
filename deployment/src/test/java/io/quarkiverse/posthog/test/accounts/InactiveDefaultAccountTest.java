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

/** An application that injects an inactive account does not start. */
class InactiveDefaultAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.active", "false")
            .assertException(failure -> assertThat(text(failure)).contains(
                    "PostHog account 'default' is inactive, because quarkus.posthog.active is false",
                    "Usable accounts: none",
                    "InactiveDefaultAccountTest#posthog"));

    @Inject
    PostHog posthog;

    @Test
    void doesNotStart() {
        Assertions.fail("started with an inactive account");
    }
}
