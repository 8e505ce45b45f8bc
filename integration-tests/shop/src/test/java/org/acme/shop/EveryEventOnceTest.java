package org.acme.shop;

import static org.acme.shop.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventOrder;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkus.test.junit.QuarkusTest;

/** Verifies that a stream is complete if more events share a timestamp than fit on a page. */
@QuarkusTest
class EveryEventOnceTest extends EmulatedAccounts {

    private static final int AT_ONE_MOMENT = 2500;
    private static final int BEFORE_AND_AFTER = 300;

    @Inject
    PostHog posthog;

    @ParameterizedTest
    @CsvSource({ "ASCENDING, insertion", "ASCENDING, shuffled", "DESCENDING, insertion", "DESCENDING, shuffled" })
    void returnsEveryEventOnceAndInOrder(EventOrder order, String tieOrder) {
        emulator.emulatorSettings(Map.of("tieOrder", tieOrder));
        Instant moment = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MICROS);
        List<String> imported = imports(moment);

        List<Event> events = await(posthog.events().list(EventQuery.create().event("imported").order(order)));

        assertThat(events).extracting(event -> event.id().toString()).containsExactlyInAnyOrderElementsOf(imported);
        Comparator<Instant> byTime = order == EventOrder.ASCENDING ? Comparator.naturalOrder() : Comparator.reverseOrder();
        assertThat(events).extracting(Event::timestamp).isSortedAccordingTo(byTime);
    }

    private List<String> imports(Instant moment) {
        List<CaptureEvent> events = new ArrayList<>();
        for (int i = 0; i < AT_ONE_MOMENT; i++) {
            events.add(event(moment));
        }
        for (int i = 1; i <= BEFORE_AND_AFTER; i++) {
            events.add(event(moment.minusMillis(i)));
            events.add(event(moment.plusMillis(i)));
        }
        emulator.storeEvents(events);
        return events.stream().map(event -> event.uuid().toString()).toList();
    }

    private static CaptureEvent event(Instant timestamp) {
        return CaptureEvent.of("imported", "import").uuid(UUID.randomUUID()).timestamp(timestamp);
    }
}
