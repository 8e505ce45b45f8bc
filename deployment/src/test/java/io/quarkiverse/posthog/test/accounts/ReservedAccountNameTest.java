package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkus.test.QuarkusUnitTest;

/** The name of an account must not be a group of configuration keys. */
class ReservedAccountNameTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount().assertException(failure -> assertThat(failure)
            .isInstanceOf(DeploymentException.class)
            .hasMessageContainingAll("Invalid @PostHogAccount at ", "ReservedAccountNameTest#posthog",
                    "cannot be named 'retry'", "quarkus.posthog.retry is a configuration key of the default account",
                    "choose another name"));

    @Inject
    @PostHogAccount("retry")
    PostHog posthog;

    @Test
    void isNotBuilt() {
        Assertions.fail("built with a reserved name");
    }
}
