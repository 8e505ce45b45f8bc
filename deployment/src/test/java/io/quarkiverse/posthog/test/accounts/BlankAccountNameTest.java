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

/** An account has a name. */
class BlankAccountNameTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount().assertException(failure -> assertThat(failure)
            .isInstanceOf(DeploymentException.class)
            .hasMessageContainingAll("Invalid @PostHogAccount at ", "BlankAccountNameTest#posthog",
                    "must not be blank", "to use the default account, omit the qualifier"));

    @Inject
    @PostHogAccount(" ")
    PostHog posthog;

    @Test
    void isNotBuilt() {
        Assertions.fail("built with a blank name");
    }
}
