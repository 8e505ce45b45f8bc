package io.quarkiverse.posthog.runtime.capture;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.config.CaptureConfig.QueueConfig;
import io.quarkiverse.posthog.runtime.rest.Backoff;

/**
 * The events that a channel has not stored, and which of them can be written. Has no effects of its own: each method returns
 * what
 * the caller has to do after the lock is released.
 *
 * <pre>
 * TRYING --an event is stored--> CATCHING_UP --no event waits--> OPEN
 *   ^ |                               |                            |
 *   | +---------------- a write fails +----------------------------+
 *   |                         |
 *   +------pause ends------ PAUSED
 * </pre>
 *
 * At first, and after each failure, one event is written, and the others wait until it is stored. Connectors can change the
 * order
 * of events that they receive before they are connected, and a channel that fails does not receive all events each time.
 */
final class ChannelBacklog {

    private enum State {

        /** The event {@link #trial} is being written. All others wait. */
        TRYING,
        /** The waiting events are written in their order. Later ones wait behind them. */
        CATCHING_UP,
        /** Events are written when they are captured. */
        OPEN,
        /** A write failed. All events wait. */
        PAUSED
    }

    /**
     * An event to write.
     *
     * @param number the position of the event among all events
     */
    record Entry(long number, QueuedEvent event) {
    }

    /**
     * An event that was offered.
     *
     * @param rejection the reason why the event was not accepted; null if it was
     * @param open whether the caller writes the event. Otherwise it waits, possibly for {@link #nextTrial}
     */
    record Offer(DropReason rejection, Entry entry, boolean open) {
    }

    /**
     * An event that is stored or dropped.
     *
     * @param ended ends the flushes that are over
     * @param catchUp whether the caller writes the waiting events
     */
    record Removal(List<Runnable> ended, boolean catchUp) {
    }

    /**
     * A write that failed.
     *
     * @param kept the number of events that are kept
     * @param pause the pause that begins; null if there is one already
     */
    record Failure(int kept, Duration pause, List<Runnable> ended) {
    }

    /** The events that are lost when the account is closed. */
    record Closing(List<QueuedEvent> lost, List<Runnable> ended) {
    }

    /** A flush that ends when the events up to a number are stored. */
    private record Flush(long upTo, boolean endsWithPause, Runnable onEnd) {
    }

    private final QueueConfig limits;
    private final Backoff backoff;
    private final Supplier<Instant> now;

    private final ReentrantLock lock = new ReentrantLock();
    /** All events that the channel has not stored, by their number. */
    private final TreeMap<Long, QueuedEvent> pending = new TreeMap<>();
    /** The pending events that are not being written. */
    private final TreeMap<Long, QueuedEvent> waiting = new TreeMap<>();
    private final List<Flush> flushes = new ArrayList<>();
    private State state = State.TRYING;
    /** The number of the event that is written while the others wait; null if there is none. */
    private Long trial;
    private long lastNumber;
    private long bytes;
    /** The number of failures in a row, of any events that were written at the same time. */
    private int failures;
    private Instant pausedUntil;
    private String lastFailure;
    private boolean closed;

    ChannelBacklog(QueueConfig limits, Backoff backoff, Supplier<Instant> now) {
        this.limits = limits;
        this.backoff = backoff;
        this.now = now;
    }

    Offer offer(QueuedEvent event) {
        return locked(() -> {
            if (closed) {
                return new Offer(DropReason.CLOSED, null, false);
            }
            if (pending.size() >= limits.maxEvents() || bytes + event.size() > limits.maxSize().asLongValue()) {
                return new Offer(DropReason.QUEUE_FULL, null, false);
            }
            Entry entry = new Entry(++lastNumber, event);
            pending.put(entry.number(), event);
            bytes += event.size();
            boolean open = state == State.OPEN;
            if (!open) {
                waiting.put(entry.number(), event);
            }
            return new Offer(null, entry, open);
        });
    }

    /** @return null if the event was removed before */
    Removal stored(long number) {
        return locked(() -> {
            if (!remove(number)) {
                return null;
            }
            failures = 0;
            lastFailure = null;
            boolean tried = endTrial(number) && state == State.TRYING;
            if (tried) {
                state = waiting.isEmpty() ? State.OPEN : State.CATCHING_UP;
            }
            return new Removal(ended(), tried && state == State.CATCHING_UP);
        });
    }

    /** @return null if the event was removed before */
    Removal dropped(long number) {
        return locked(() -> {
            boolean removed = remove(number);
            endTrial(number);
            return removed ? new Removal(ended(), false) : null;
        });
    }

    private boolean remove(long number) {
        waiting.remove(number);
        QueuedEvent event = pending.remove(number);
        bytes -= event == null ? 0 : event.size();
        return event != null;
    }

    private boolean endTrial(long number) {
        boolean tried = trial != null && trial == number;
        if (tried) {
            trial = null;
        }
        return tried;
    }

    /** @return null if the event was removed before */
    Failure failed(long number, String reason) {
        return locked(() -> {
            endTrial(number);
            QueuedEvent event = pending.get(number);
            if (event == null) {
                return null;
            }
            waiting.put(number, event);
            lastFailure = reason;
            Duration pause = null;
            if (state != State.PAUSED) {
                state = State.PAUSED;
                pause = backoff.delay(failures++);
                pausedUntil = now.get().plus(pause);
            }
            return new Failure(pending.size(), pause, ended());
        });
    }

    /** The pause is over. */
    void resume() {
        locked(() -> {
            pausedUntil = null;
            return state = waiting.isEmpty() ? State.OPEN : State.TRYING;
        });
    }

    /** @return the event to write while the others wait; null if there is none, or another is being tried */
    Entry nextTrial() {
        return locked(() -> {
            if (closed || state != State.TRYING || trial != null) {
                return null;
            }
            Entry next = pollWaiting();
            trial = next == null ? null : next.number();
            return next;
        });
    }

    /** @return the next waiting event to write; null if there is none, or a failure has started a pause */
    Entry nextWaiting() {
        return locked(() -> {
            if (closed || state != State.CATCHING_UP) {
                return null;
            }
            if (waiting.isEmpty()) {
                state = State.OPEN;
            }
            return pollWaiting();
        });
    }

    private Entry pollWaiting() {
        Map.Entry<Long, QueuedEvent> first = waiting.pollFirstEntry();
        return first == null ? null : new Entry(first.getKey(), first.getValue());
    }

    /**
     * Adds a flush of the events that were offered before.
     *
     * @param endsWithPause whether it ends if a failure delays the events
     * @return ends the flushes that are over
     */
    List<Runnable> flush(boolean endsWithPause, Runnable onEnd) {
        return locked(() -> {
            flushes.add(new Flush(lastNumber, endsWithPause, onEnd));
            return ended();
        });
    }

    /** Removes the flushes that are over; called with the lock. */
    private List<Runnable> ended() {
        boolean paused = closed || state == State.PAUSED;
        List<Flush> ended = flushes.stream()
                .filter(flush -> paused && flush.endsWithPause() || pending.isEmpty() || pending.firstKey() > flush.upTo())
                .toList();
        flushes.removeAll(ended);
        return ended.stream().map(Flush::onEnd).toList();
    }

    /** Accepts no more events, and forgets those that the channel has not stored. */
    Closing close() {
        return locked(() -> {
            closed = true;
            List<QueuedEvent> lost = List.copyOf(pending.values());
            pending.clear();
            waiting.clear();
            bytes = 0;
            return new Closing(lost, ended());
        });
    }

    int size() {
        return locked(pending::size);
    }

    long bytes() {
        return locked(() -> bytes);
    }

    Instant pausedUntil() {
        return locked(() -> pausedUntil);
    }

    String lastFailure() {
        return locked(() -> lastFailure);
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
