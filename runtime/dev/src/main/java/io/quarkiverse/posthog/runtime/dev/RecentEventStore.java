package io.quarkiverse.posthog.runtime.dev;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DeliveredEvent;
import io.quarkiverse.posthog.capture.DeliveryAttempt;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.capture.DroppedEvent;
import io.quarkiverse.posthog.runtime.capture.event.DevModeCaptureListener;
import io.quarkiverse.posthog.runtime.dev.RecentEvent.State;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Stores the latest events of all accounts, up to a limit. */
public final class RecentEventStore implements DevModeCaptureListener {

    private static final int MAX_EVENTS = 1000;
    private static final long MAX_BYTES = 8 << 20;

    /** The assumed size of an event that was not accepted, which is not measured. */
    private static final int UNMEASURED = 1 << 10;

    /** The interval at which waiting callers check for changes. Changes within an interval are returned together. */
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, RecentEvent> events = new LinkedHashMap<>();
    private long bytes;
    private long changes;
    private long captured;

    @Override
    public void accepted(String account, CaptureEvent event, int size) {
        remember(account, event, size, known -> known);
    }

    @Override
    public void discarded(String account, CaptureEvent event, DropReason reason) {
        onDropped(new DroppedEvent(account, event, reason, Optional.empty()));
    }

    @Override
    public void onDelivered(DeliveredEvent event) {
        remember(event.account(), event.event(), UNMEASURED, known -> known.now(known.change(), State.DELIVERED, null, null));
    }

    @Override
    public void onDropped(DroppedEvent event) {
        remember(event.account(), event.event(), UNMEASURED, known -> known.now(known.change(), State.DROPPED,
                event.reason().name(), event.detail().orElse(null)));
    }

    @Override
    public void onAttempt(DeliveryAttempt attempt) {
        lock.lock();
        try {
            for (UUID uuid : attempt.events()) {
                events.computeIfPresent(uuid.toString(), (id, known) -> known.sent(++changes, attempt));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stores a change of an event. The notifications of an event can arrive in any order, and the first one adds it. */
    private void remember(String account, CaptureEvent event, int size, UnaryOperator<RecentEvent> update) {
        String id = (event.uuid() == null ? UUID.randomUUID() : event.uuid()).toString();
        lock.lock();
        try {
            RecentEvent known = events.get(id);
            if (known == null) {
                known = new RecentEvent(id, 0, account, event, size, Instant.now(), State.QUEUED, null, null, null);
                bytes += size;
                captured++;
            }
            RecentEvent changed = update.apply(known);
            events.put(id, changed.now(++changes, changed.state(), changed.reason(), changed.detail()));
            forget();
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        Iterator<RecentEvent> oldest = events.values().iterator();
        while ((events.size() > MAX_EVENTS || bytes > MAX_BYTES) && events.size() > 1) {
            bytes -= oldest.next().size();
            oldest.remove();
        }
    }

    /** Returns the number of captured events, including events that are no longer stored. */
    long count() {
        lock.lock();
        try {
            return captured;
        } finally {
            lock.unlock();
        }
    }

    Optional<RecentEvent> find(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(events.get(id));
        } finally {
            lock.unlock();
        }
    }

    /** Returns the events that have changed since a change, in the order in which they were captured. */
    List<RecentEvent> since(long change) {
        lock.lock();
        try {
            return events.values().stream().filter(event -> event.change() > change).toList();
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            events.clear();
            bytes = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the events that have changed since a change. Waits until there are any; empty after the timeout. */
    Uni<List<RecentEvent>> changedSince(long change, Duration timeout) {
        return Multi.createFrom().ticks().every(INTERVAL).onOverflow().drop()
                .map(tick -> since(change))
                .filter(changed -> !changed.isEmpty())
                .toUni()
                .ifNoItem().after(timeout).recoverWithItem(List.of());
    }
}
