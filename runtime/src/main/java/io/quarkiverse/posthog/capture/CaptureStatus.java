package io.quarkiverse.posthog.capture;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The status of capturing with an account: the number of queued events, and the number of events by outcome since the start.
 * The numbers are not a consistent snapshot. For an account with {@code capture.channel}, events that the channel has not
 * stored
 * yet are queued, and events that it has stored are delivered.
 *
 * @param queued the number of events in the queue, including events that are being sent and events on disk
 * @param queuedBytes the approximate memory of these events in bytes, excluding events that are only on disk
 * @param accepted the number of accepted events, including events of {@code captureImmediate} and of streams
 * @param delivered the number of events that PostHog has acknowledged
 * @param dropped the number of dropped events by reason; reasons without events are missing
 * @param requests the number of capture requests
 * @param retries the number of capture requests that were retries
 * @param pausedUntil the end of the current delay before a retry; empty if there is none
 * @param lastFailure the failure of the last request; empty if it succeeded
 */
public record CaptureStatus(long queued, long queuedBytes, long accepted, long delivered, Map<DropReason, Long> dropped,
        long requests, long retries, Optional<Instant> pausedUntil, Optional<String> lastFailure) {

    public CaptureStatus {
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
}
