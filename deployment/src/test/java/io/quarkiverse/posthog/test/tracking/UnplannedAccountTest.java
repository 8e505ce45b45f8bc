package io.quarkiverse.posthog.test.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.CheckStatus;
import io.quarkiverse.posthog.tracking.TrackingPlans;
import io.quarkus.test.QuarkusUnitTest;

/** An account has no plan if the plans of the application are only injected for others. */
class UnplannedAccountTest {

    /** PostHog is the emulator, for each account. */
    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(ShopEvents.class));

    @Inject
    ShopEvents events;

    @Inject
    @PostHogAccount("work")
    PostHog work;

    @Inject
    TrackingPlans plans;

    @Test
    @Tag("PLAN-9")
    void itsCheckSkipsThePlan() {
        Check check = work.check().await().atMost(Duration.ofSeconds(20)).check(CheckId.TRACKING_PLAN);

        assertThat(check.status()).isEqualTo(CheckStatus.SKIPPED);
        assertThat(check.message()).isEqualTo("no tracking plan is injected for the account");
    }

    @Test
    @Tag("PLAN-8")
    void itsDescriptionsCanNeitherBeComparedNorPublished() {
        String message = "No tracking plan is injected for PostHog account 'work', so it has no descriptions; inject the plan "
                + "with @PostHogAccount(\"work\"), or use one of the accounts [default]";
        assertThatThrownBy(() -> plans.compareDescriptions("work")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> plans.publishDescriptions("work")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
