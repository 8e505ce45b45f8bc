package io.quarkiverse.posthog.capture;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How capturing with an account stands: what waits, and what became of the rest since the start. The counts of one moment,
 * not a consistent cut: events may be on their way between them.
 *
 * @param queued how many events wait or are being sent, those on disk included
 * @param queuedBytes the approximate memory of these events in bytes, without those that are only on disk
 * @param accepted how many events were accepted, those of {@code captureNow} and of streams included
 * @param delivered how many events PostHog has acknowledged
 * @param dropped how many events were dropped for which reason; reasons that did not happen are missing
 * @param requests how many requests with events were sent
 * @param retries how many of these were repetitions
 * @param pausedUntil until when nothing is sent, because PostHog could not be reached or asked to wait; empty when sending
 * @param lastFailure what the last request failed with; empty when it succeeded
 */
public record CaptureStatus(long queued, long queuedBytes, long accepted, long delivered, Map<DropReason, Long> dropped,
        long requests, long retries, Optional<Instant> pausedUntil, Optional<String> lastFailure) {

    public CaptureStatus {
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
}
