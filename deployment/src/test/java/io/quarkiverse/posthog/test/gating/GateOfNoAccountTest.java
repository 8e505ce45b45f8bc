package io.quarkiverse.posthog.test.gating;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.flags.FeatureGate;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

/** An application does not start when the account of a gate has no keys; an endpoint would be closed to everybody. */
class GateOfNoAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Endpoint.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .assertException(failure -> assertThat(failure).isInstanceOf(ConfigurationException.class)
                    .hasMessageContainingAll("@FeatureGate(\"beta-ui\") at ", "Endpoint#gated() needs an account",
                            "PostHog account 'work' has no key", "quarkus.posthog.\"work\".project-api-key",
                            "Usable accounts: default"));

    @Path("/")
    public static class Endpoint {

        @GET
        @FeatureGate(value = "beta-ui", account = "work")
        public String gated() {
            return "";
        }
    }

    @Test
    @Tag("GATE-10")
    void doesNotStart() {
        Assertions.fail("started without the account");
    }
}
