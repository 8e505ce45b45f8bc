package io.quarkiverse.posthog.runtime.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DeliveredEvent;
import io.quarkiverse.posthog.capture.DeliveryAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.capture.DroppedEvent;
import io.quarkiverse.posthog.runtime.dev.RecentEvent.State;

class RecentEventStoreTest {

    private final RecentEventStore events = new RecentEventStore();

    @Test
    void anEventIsQueuedThenSentThenDelivered() {
        CaptureEvent event = event("viewed");
        events.accepted("default", event, 100);
        assertThat(only().state()).isEqualTo(State.QUEUED);

        events.onAttempt(attempt(event, 1, null));
        events.onDelivered(new DeliveredEvent("default", event));

        assertThat(only().state()).isEqualTo(State.DELIVERED);
        assertThat(only().attempt().attempt()).isEqualTo(1);
    }

    @Test
    void anEventThatPostHogCouldNotTakeIsRetried() {
        CaptureEvent event = event("viewed");
        events.accepted("default", event, 100);
        events.onAttempt(attempt(event, 1, "PostHog responded with 503"));

        assertThat(only().state()).isEqualTo(State.RETRYING);
        assertThat(only().detail()).isEqualTo("PostHog responded with 503");

        events.onAttempt(attempt(event, 2, null));
        events.onDelivered(new DeliveredEvent("default", event));

        assertThat(only().state()).isEqualTo(State.DELIVERED);
        assertThat(only().detail()).isNull();
    }

    @Test
    void itDoesNotMatterWhichNewsComesFirst() {
        CaptureEvent event = event("viewed");
        events.onDelivered(new DeliveredEvent("default", event));
        events.onAttempt(attempt(event, 1, null));
        events.accepted("default", event, 100);

        assertThat(only().state()).isEqualTo(State.DELIVERED);
        assertThat(events.count()).isEqualTo(1);
    }

    @Test
    void whatIsDroppedSaysWhyAlsoWhereThatWasTheWish() {
        events.onDropped(new DroppedEvent("default", CaptureEvent.of(" "), DropReason.INVALID, Optional.of("blank")));
        events.discarded("default", event("viewed"), DropReason.OPTED_OUT);

        assertThat(events.since(0)).extracting(RecentEvent::state).containsOnly(State.DROPPED);
        assertThat(events.since(0)).extracting(RecentEvent::reason).containsExactly("INVALID", "OPTED_OUT");
        assertThat(events.since(0).get(0).detail()).isEqualTo("blank");
    }

    @Test
    void onlyTheLatestEventsAreRememberedByNumberAndBySize() {
        for (int i = 0; i < 3000; i++) {
            events.accepted("default", event("" + i), 10);
        }
        assertThat(events.since(0)).hasSize(1000).last().extracting(it -> it.event().event()).isEqualTo("2999");
        assertThat(events.count()).isEqualTo(3000);

        for (int i = 0; i < 20; i++) {
            events.accepted("default", event("large"), 1 << 20);
        }
        assertThat(events.since(0)).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void whoKnowsSomethingIsToldTheNewsOnly() {
        events.accepted("default", event("first"), 10);
        long change = events.since(0).get(0).change();
        assertThat(events.changedSince(change, Duration.ofMillis(1)).await().atMost(Duration.ofSeconds(5))).isEmpty();

        events.accepted("default", event("second"), 10);

        assertThat(events.changedSince(change, Duration.ofSeconds(5)).await().atMost(Duration.ofSeconds(10)))
                .singleElement().extracting(it -> it.event().event()).isEqualTo("second");
    }

    private RecentEvent only() {
        assertThat(events.since(0)).hasSize(1);
        return events.since(0).get(0);
    }

    private static CaptureEvent event(String name) {
        return CaptureEvent.of(name, "zoey").uuid(UUID.randomUUID());
    }

    private static DeliveryAttempt attempt(CaptureEvent event, int attempt, String failure) {
        return new DeliveryAttempt("default", "/batch/", attempt, List.of(event.uuid()), 42, Duration.ofMillis(3),
                failure == null ? OptionalInt.of(200) : OptionalInt.of(503), Optional.ofNullable(failure));
    }
}
