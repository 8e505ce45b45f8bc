package io.quarkiverse.posthog.test.accounts;

import static io.quarkiverse.posthog.test.accounts.Applications.withAccount;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.DeploymentException;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** The name of an account must not be a group of configuration keys, even if nothing injects it. */
class ReservedAccountNameInConfigurationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.\"rate-limit\".project-api-key", "phc_limit")
            .assertException(failure -> assertThat(failure).isInstanceOf(DeploymentException.class)
                    .hasMessageContainingAll("Invalid configuration key quarkus.posthog.\"rate-limit\".project-api-key",
                            "cannot be named 'rate-limit'", "choose another name"));

    @Test
    void isNotBuilt() {
        Assertions.fail("built with a reserved name");
    }
}
