package io.quarkiverse.posthog.runtime.capture.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;

/**
 * Events that are sent together.
 *
 * @param events the events to send, in order
 * @param attempt 1 for the first attempt
 * @param requestId the ID of the request, which is the same for each attempt
 * @param createdAt the time of the first request; null before
 * @param lastSequence the position in the spool up to which all events are completed with this batch
 * @param search the search for rejected events that this batch is a part of; null for a batch from the queue
 */
public record Batch(List<QueuedEvent> events, int attempt, UUID requestId, Instant createdAt, long lastSequence,
        RejectionSearch search) {

    public static Batch of(List<QueuedEvent> events) {
        return of(events, lastSequence(events), null);
    }

    private static Batch of(List<QueuedEvent> events, long lastSequence, RejectionSearch search) {
        return new Batch(events, 1, UUID.randomUUID(), null, lastSequence, search);
    }

    /** The highest position of the events. The last event may not be on disk. */
    public static long lastSequence(List<QueuedEvent> events) {
        return events.stream().mapToLong(QueuedEvent::sequence).max().orElse(QueuedEvent.NOT_SPOOLED);
    }

    /** The remaining events, to be sent for the first time. */
    public Batch of(List<QueuedEvent> remaining, Instant createdAt) {
        return new Batch(remaining, attempt, requestId, first(createdAt), lastSequence, search);
    }

    /** Fixed by the first request, which is not the first attempt if that one failed before it was sent. */
    private Instant first(Instant now) {
        return attempt == 1 || createdAt == null ? now : createdAt;
    }

    /** The events that fit into the request, and the position in the spool up to which all events are completed with them. */
    public Batch cut(List<QueuedEvent> fitting, Instant now, long lastSequence) {
        return new Batch(fitting, attempt, requestId, first(now), lastSequence, search);
    }

    /** The events that did not fit into the request, as a batch of their own. */
    public Batch rest(List<QueuedEvent> left) {
        return of(left, lastSequence, search);
    }

    /** The remaining events, to be sent again. */
    public Batch again(List<QueuedEvent> remaining) {
        return new Batch(remaining, attempt + 1, requestId, createdAt, lastSequence, search);
    }

    /** Two batches of half the size, as parts of the same search. */
    public List<Batch> split() {
        return split(search);
    }

    public List<Batch> split(RejectionSearch search) {
        int half = events.size() / 2;
        List<QueuedEvent> first = List.copyOf(events.subList(0, half));
        List<QueuedEvent> second = List.copyOf(events.subList(half, events.size()));
        return List.of(of(first, lastSequence(first), search), of(second, lastSequence, search));
    }

    /** Whether listeners are not called for any of its events. */
    public boolean isFromListeners() {
        return events.stream().allMatch(QueuedEvent::fromListener);
    }

    public List<UUID> uuids() {
        List<UUID> uuids = new ArrayList<>(events.size());
        events.forEach(event -> uuids.add(event.uuid()));
        return uuids;
    }
}
