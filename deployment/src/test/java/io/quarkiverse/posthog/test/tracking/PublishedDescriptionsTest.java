package io.quarkiverse.posthog.test.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.check.Check;
import io.quarkiverse.posthog.check.CheckId;
import io.quarkiverse.posthog.check.CheckStatus;
import io.quarkiverse.posthog.tracking.DescriptionChange;
import io.quarkiverse.posthog.tracking.DescriptionChanges;
import io.quarkiverse.posthog.tracking.DistinctId;
import io.quarkiverse.posthog.tracking.EventProperty;
import io.quarkiverse.posthog.tracking.PlannedEvent;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;
import io.quarkiverse.posthog.tracking.TrackingPlans;
import io.quarkus.test.QuarkusUnitTest;

/** The tracking plan is compared with the definitions in PostHog, and describes them on request. */
@TestMethodOrder(OrderAnnotation.class)
class PublishedDescriptionsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** PostHog is the emulator. */
    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClass(TicketEvents.class));

    @TrackingPlan
    public interface TicketEvents {

        @TrackedEvent(value = "ticket sold", description = "A ticket was paid")
        void sold(@DistinctId String person, @EventProperty(description = "In cents") long ticketPrice, String seat);

        @TrackedEvent(value = "ticket returned", description = "A ticket was refunded")
        void returned(@DistinctId String person, @EventProperty(description = "Why it was returned") String returnReason);
    }

    @Inject
    TicketEvents events;

    @Inject
    TrackingPlans plans;

    @Inject
    PostHog postHog;

    @Test
    @Order(1)
    @Tag("PLAN-8")
    void nothingIsWrittenBeforePostHogKnowsTheEvents() {
        assertThat(plans.events()).extracting(PlannedEvent::name).containsExactly("ticket returned", "ticket sold");
        assertThat(publish().missing()).containsExactly("ticket returned", "ticket sold", "returnReason", "ticketPrice");
        assertThat(check().status()).isEqualTo(CheckStatus.OK);
        assertThat(check().message()).isEqualTo("0 of 2 planned events have arrived in PostHog");
    }

    @Test
    @Order(2)
    @Tag("PLAN-8")
    void descriptionsAreWrittenOnceAndOnlyIfTheyDiffer() {
        events.sold("zoey", 1250, "A1");
        flush();

        DescriptionChanges expected = new DescriptionChanges(
                List.of(new DescriptionChange("ticket sold", "", "A ticket was paid")),
                List.of(new DescriptionChange("ticketPrice", "", "In cents")),
                List.of("ticket returned", "returnReason"));
        assertThat(compare()).isEqualTo(expected);
        assertThat(compare()).as("comparing changes nothing").isEqualTo(expected);
        assertThat(publish()).isEqualTo(expected);

        DescriptionChanges none = new DescriptionChanges(List.of(), List.of(), expected.missing());
        assertThat(compare()).isEqualTo(none);
        assertThat(publish()).isEqualTo(none);
        assertThat(check().message()).isEqualTo("1 of 2 planned events have arrived in PostHog");
        assertThat(check().nextStep()).hasValueSatisfying(step -> assertThat(step).contains("ticket returned"));
    }

    @Test
    @Order(3)
    @Tag("PLAN-9")
    void propertiesOfAnotherTypeAreReported() {
        postHog.capture(CaptureEvent.of("ticket returned", "zoey").property("returnReason", 7)
                .timestamp(Instant.parse("2026-01-01T00:00:00Z")));
        flush();

        assertThat(check().status()).isEqualTo(CheckStatus.WARNING);
        assertThat(check().message()).contains("'returnReason' (String, in PostHog Numeric)").doesNotContain("ticketPrice",
                "seat");
    }

    private DescriptionChanges compare() {
        return plans.compareDescriptions().await().atMost(TIMEOUT);
    }

    private DescriptionChanges publish() {
        return plans.publishDescriptions().await().atMost(TIMEOUT);
    }

    private Check check() {
        return postHog.check().await().atMost(TIMEOUT).check(CheckId.TRACKING_PLAN);
    }

    private void flush() {
        postHog.flush().await().atMost(TIMEOUT);
    }
}
