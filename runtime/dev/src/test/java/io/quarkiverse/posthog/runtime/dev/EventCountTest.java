package io.quarkiverse.posthog.runtime.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.dev.RecentEvent.State;

class EventCountTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void eventsAreCountedByNameAccountAndState() {
        List<EventCount> counts = EventCount.of(List.of(
                event("viewed", "default", 0, State.DELIVERED), event("viewed", "default", 2, State.QUEUED),
                event("viewed", "default", 1, State.RETRYING), event("viewed", "work", 3, State.DROPPED),
                event("placed", "default", 4, State.DELIVERED)));

        assertThat(counts).containsExactly(
                new EventCount("placed", "default", 0, 1, 0, "2026-03-01T10:00:04Z"),
                new EventCount("viewed", "default", 2, 1, 0, "2026-03-01T10:00:02Z"),
                new EventCount("viewed", "work", 0, 0, 1, "2026-03-01T10:00:03Z"));
    }

    private static RecentEvent event(String name, String account, int second, State state) {
        return new RecentEvent(name + account + second, second, account, CaptureEvent.of(name, "user-1"), 100,
                START.plusSeconds(second), state, null, null, null);
    }
}
