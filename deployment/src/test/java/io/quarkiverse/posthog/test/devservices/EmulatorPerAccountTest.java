package io.quarkiverse.posthog.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkiverse.posthog.featureflags.NewFeatureFlag;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkus.test.QuarkusUnitTest;

class EmulatorPerAccountTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication();

    @Inject
    PostHog posthog;

    @Inject
    @PostHogAccount("work")
    PostHog work;

    @ConfigProperty(name = "quarkus.posthog.host")
    String host;

    @ConfigProperty(name = "quarkus.posthog.\"work\".host")
    String workHost;

    @ConfigProperty(name = "quarkus.posthog.\"work\".feature-flags-secure-api-key")
    String workSecureKey;

    @ConfigProperty(name = "quarkus.posthog.\"work\".flags.local-evaluation")
    boolean workLocalEvaluation;

    @Test
    void eachAccountHasAnEmulatorOfItsOwn() {
        posthog.captureImmediate(CaptureEvent.of("default only", "ada")).await().atMost(TIMEOUT);
        work.captureImmediate(CaptureEvent.of("work only", "ada")).await().atMost(TIMEOUT);

        assertThat(host).isNotEqualTo(workHost);
        assertThat(events(posthog, "default only")).hasSize(1);
        assertThat(events(posthog, "work only")).isEmpty();
        assertThat(events(work, "work only")).hasSize(1);
    }

    @Test
    void flagsAreEvaluatedByTheEmulatorOfTheAccount() {
        work.featureFlags().create(NewFeatureFlag.of("work-only")).await().atMost(TIMEOUT);

        assertThat(posthog.getFeatureFlag("vip-discount", "emma").await().atMost(TIMEOUT)).isEqualTo(FlagValue.of(true));
        assertThat(posthog.getFeatureFlag("work-only", "emma").await().atMost(TIMEOUT)).isNull();
        assertThat(work.getFeatureFlag("work-only", "emma").await().atMost(TIMEOUT)).isEqualTo(FlagValue.of(true));
    }

    @Test
    void theSecureKeyDoesNotEnableLocalEvaluation() {
        assertThat(workSecureKey).isEqualTo("phs_emulator_work");
        assertThat(workLocalEvaluation).isFalse();
    }

    private static List<Event> events(PostHog account, String name) {
        return account.events().list(EventQuery.create().event(name)).collect().asList().await().atMost(TIMEOUT);
    }
}
