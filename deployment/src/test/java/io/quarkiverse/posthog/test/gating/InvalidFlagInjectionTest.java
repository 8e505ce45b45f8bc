package io.quarkiverse.posthog.test.gating;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.flags.Flag;
import io.quarkiverse.posthog.flags.PostHogFlag;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** Flags that can't be injected are found when the application is built, all of them at once. */
class InvalidFlagInjectionTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Service.class))
            .assertException(failure -> assertThat(failure).hasMessageContainingAll(
                    "Invalid @PostHogFlag at " + Service.class.getName() + "#blank: the flag key must not be "
                            + "blank",
                    "Service#enabled: a boolean would be evaluated once, when it is injected; inject a Flag or an "
                            + "Instance<Boolean> instead",
                    "Service#variant: a flag can't be injected as java.lang.String; inject a Flag or an "
                            + "Instance<Boolean>"));

    @Singleton
    public static class Service {

        @Inject
        @PostHogFlag(" ")
        Flag blank;

        @Inject
        @PostHogFlag("beta-ui")
        boolean enabled;

        @Inject
        @PostHogFlag("layout")
        String variant;
    }

    @Test
    @Tag("INJ-4")
    void areNotBuilt() {
        Assertions.fail("built with flags that can't be injected");
    }
}
