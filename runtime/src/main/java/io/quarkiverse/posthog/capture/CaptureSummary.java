package io.quarkiverse.posthog.capture;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of a stream of events.
 *
 * @param events how many events the stream had
 * @param delivered how many of them PostHog has acknowledged
 * @param dropped how many were dropped for which reason; reasons that did not happen are missing
 */
public record CaptureSummary(long events, long delivered, Map<DropReason, Long> dropped) {

    public CaptureSummary {
        Map<DropReason, Long> copy = new EnumMap<>(DropReason.class);
        copy.putAll(dropped);
        dropped = Collections.unmodifiableMap(copy);
    }

    /** How many events were dropped for this reason. */
    public long dropped(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    /** How many events were dropped for any reason. */
    public long droppedInTotal() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether PostHog has acknowledged all of them. */
    public boolean isComplete() {
        return delivered == events;
    }
}
