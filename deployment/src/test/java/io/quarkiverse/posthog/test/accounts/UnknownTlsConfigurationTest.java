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

/** An application that injects an account does not start when its TLS configuration does not exist. */
class UnknownTlsConfigurationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = withAccount()
            .overrideConfigKey("quarkus.posthog.tls-configuration-name", "mine")
            .assertException(failure -> assertThat(text(failure)).contains(
                    "quarkus.posthog.tls-configuration-name is 'mine', but quarkus.tls.\"mine\".* is not configured"));

    @Inject
    PostHog posthog;

    @Test
    void doesNotStart() {
        Assertions.fail("started without the TLS configuration");
    }
}
