package io.quarkiverse.posthog.capture;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The outcome of a stream of events.
 *
 * @param total the number of events in the stream
 * @param delivered the number of events that PostHog has acknowledged
 * @param dropped the number of dropped events by reason; reasons without events are missing
 */
public record CaptureSummary(long total, long delivered, Map<DropReason, Long> dropped) {

    public CaptureSummary {
        Map<DropReason, Long> copy = new EnumMap<>(DropReason.class);
        copy.putAll(dropped);
        dropped = Collections.unmodifiableMap(copy);
    }

    /** Returns the number of events that were dropped for this reason. */
    public long dropped(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    /** Returns the number of events that were dropped for any reason. */
    public long totalDropped() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns whether PostHog has acknowledged all events. */
    public boolean isComplete() {
        return delivered == total;
    }
}
