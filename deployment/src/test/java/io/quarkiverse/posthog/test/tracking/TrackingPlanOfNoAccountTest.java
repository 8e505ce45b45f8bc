package io.quarkiverse.posthog.test.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

/** An application does not start if the account of a tracking plan has no keys, because its events would be lost. */
class TrackingPlanOfNoAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, ShopEvents.class, Service.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .assertException(failure -> assertThat(failure).isInstanceOf(ConfigurationException.class)
                    .hasMessageContainingAll("The tracking plan at ", "Service#events needs an account",
                            "PostHog account 'wrok' has no key", "Usable accounts: default"));

    @Singleton
    public static class Service {

        @Inject
        @PostHogAccount("wrok")
        ShopEvents events;
    }

    @Test
    @Tag("PLAN-6")
    void doesNotStart() {
        Assertions.fail("started without the account");
    }
}
