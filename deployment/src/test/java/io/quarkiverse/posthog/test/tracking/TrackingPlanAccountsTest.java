package io.quarkiverse.posthog.test.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.CheckStatus;
import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;
import io.quarkiverse.posthog.tracking.TrackingPlans;
import io.quarkus.test.QuarkusUnitTest;

/** A plan is only compared with the accounts for which it is injected. */
class TrackingPlanAccountsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** PostHog is the emulator, for each account. */
    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(ShopPlan.class, WorkPlan.class, LookedUpPlan.class,
                    AnyPlan.class, UnusedPlan.class));

    @TrackingPlan
    public interface ShopPlan {

        @TrackedEvent("shop event")
        void event();
    }

    @TrackingPlan
    public interface WorkPlan {

        @TrackedEvent("work event")
        void event();
    }

    @TrackingPlan
    public interface LookedUpPlan {

        @TrackedEvent("looked up event")
        void event();
    }

    @TrackingPlan
    public interface AnyPlan {

        @TrackedEvent("event of any account")
        void event();

        @TrackedEvent("work event")
        void workEvent();
    }

    @TrackingPlan
    public interface UnusedPlan {

        @TrackedEvent("unused event")
        void event();
    }

    @Inject
    ShopPlan shopPlan;

    @Inject
    @PostHogAccount("work")
    WorkPlan workPlan;

    @Inject
    @PostHogAccount("work")
    Instance<LookedUpPlan> lookedUpPlan;

    @Any
    @Inject
    Instance<AnyPlan> anyPlan;

    @Inject
    TrackingPlans plans;

    @Inject
    PostHog postHog;

    @Inject
    @PostHogAccount("work")
    PostHog work;

    @Inject
    @PostHogAccount("other")
    PostHog other;

    @Test
    @Tag("PLAN-9")
    void thePlansOfAnAccountAreThoseThatAreInjectedForIt() {
        assertThat(plans.events()).hasSize(5);
        assertThat(plans.events("default")).extracting(PlannedEvent::name)
                .containsExactly("event of any account", "shop event", "work event");
        assertThat(plans.events("work")).extracting(PlannedEvent::name)
                .containsExactly("event of any account", "looked up event", "work event");
        assertThat(plans.events("other")).extracting(PlannedEvent::name)
                .containsExactly("event of any account", "work event");
        assertThat(plans.events("opened later")).isEmpty();
        assertThat(plans.accounts()).containsExactly("default", "other", "work");
    }

    @Test
    @Tag("PLAN-9")
    void theCheckOfAnAccountOnlyReportsItsOwnEvents() {
        shopPlan.event();
        workPlan.event();
        lookedUpPlan.get().event();
        anyPlan.select(PostHogAccount.Literal.of("other")).get().event();

        assertThat(check(postHog).status()).isEqualTo(CheckStatus.OK);
        assertThat(check(postHog).message()).isEqualTo("1 of 3 planned events have arrived in PostHog");
        assertThat(check(postHog).nextStep()).hasValueSatisfying(
                step -> assertThat(step).endsWith(": event of any account, work event"));
        assertThat(check(work).message()).isEqualTo("2 of 3 planned events have arrived in PostHog");
        assertThat(check(work).nextStep()).hasValueSatisfying(step -> assertThat(step).endsWith(": event of any account"));
        assertThat(check(other).message()).isEqualTo("1 of 2 planned events have arrived in PostHog");
    }

    private static Check check(PostHog account) {
        account.flush().await().atMost(TIMEOUT);
        return account.check().await().atMost(TIMEOUT).check(CheckId.TRACKING_PLAN);
    }
}
