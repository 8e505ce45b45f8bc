package io.quarkiverse.posthog.test.gating;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.flags.FeatureGate;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** Gates that can't be are found when the application is built, all of them at once. */
class InvalidGatesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Endpoint.class, Service.class))
            .assertException(failure -> assertThat(failure).hasMessageContainingAll(
                    "Invalid @FeatureGate(\"\") at " + Endpoint.class.getName() + "#blank(): the flag key must "
                            + "not be blank",
                    "Endpoint#redirect(): the status must be from 400 to 599, but is 302",
                    "Invalid account of @FeatureGate(\"beta-ui\") at ", "Endpoint#reserved()",
                    "cannot be named 'retry'",
                    "Service#work(): the method is not a REST endpoint"));

    @Path("/")
    public static class Endpoint {

        @GET
        @Path("/blank")
        @FeatureGate("")
        public String blank() {
            return "";
        }

        @GET
        @Path("/redirect")
        @FeatureGate(value = "beta-ui", status = 302)
        public String redirect() {
            return "";
        }

        @GET
        @Path("/reserved")
        @FeatureGate(value = "beta-ui", account = "retry")
        public String reserved() {
            return "";
        }
    }

    @Singleton
    public static class Service {

        @FeatureGate("beta-ui")
        public void work() {
            // Nothing to do
        }
    }

    @Test
    @Tag("GATE-10")
    void areNotBuilt() {
        Assertions.fail("built with invalid gates");
    }
}
