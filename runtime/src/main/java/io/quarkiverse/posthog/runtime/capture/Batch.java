package io.quarkiverse.posthog.runtime.capture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Events that are sent together.
 *
 * @param events what is to be sent, in order
 * @param attempt 1 when it is sent for the first time
 * @param requestId the same each time it is sent
 * @param createdAt when it was first sent; null before
 * @param lastSequence the place in the spool up to which all is done when this batch is
 */
record Batch(List<QueuedEvent> events, int attempt, UUID requestId, Instant createdAt, long lastSequence) {

    static Batch of(List<QueuedEvent> events) {
        return new Batch(events, 1, UUID.randomUUID(), null, lastSequence(events));
    }

    /** Not that of the last event in any case: it may not be on disk. */
    static long lastSequence(List<QueuedEvent> events) {
        return events.stream().mapToLong(QueuedEvent::sequence).max().orElse(QueuedEvent.NOT_SPOOLED);
    }

    /** What is left of it, to be sent for the first time. */
    Batch of(List<QueuedEvent> remaining, Instant createdAt) {
        return new Batch(remaining, attempt, requestId, attempt == 1 ? createdAt : this.createdAt, lastSequence);
    }

    /** What is left of it, to be sent again. */
    Batch again(List<QueuedEvent> remaining) {
        return new Batch(remaining, attempt + 1, requestId, createdAt, lastSequence);
    }

    /** Two batches of half the size. */
    List<Batch> halves() {
        int half = events.size() / 2;
        List<QueuedEvent> first = List.copyOf(events.subList(0, half));
        List<QueuedEvent> second = List.copyOf(events.subList(half, events.size()));
        return List.of(Batch.of(first), new Batch(second, 1, UUID.randomUUID(), null, lastSequence));
    }

    List<UUID> uuids() {
        List<UUID> uuids = new ArrayList<>(events.size());
        events.forEach(event -> uuids.add(event.uuid()));
        return uuids;
    }
}
