package io.quarkiverse.posthog.runtime.capture.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The flushes of a batcher that are not over yet, and the number of completed events, which ends them. Events complete in the
 * order in which they were added, unless some are dropped from the queue or retried; a flush then ends when as many events
 * have completed as were added before it. Guarded by the lock of the batcher.
 */
final class FlushRequests {

    private final List<Flush> flushes = new ArrayList<>();
    private long completed;

    /** The number of events that are delivered or dropped. */
    long completed() {
        return completed;
    }

    void completed(long count) {
        completed += count;
    }

    /** @param blockedUntil the end of the current pause; null if there is none */
    boolean isOver(Flush flush, Instant blockedUntil) {
        return flush.isCompleted(completed) || flush.isBlocked(blockedUntil);
    }

    void add(Flush flush) {
        flushes.add(flush);
    }

    void remove(Flush flush) {
        flushes.remove(flush);
    }

    /** Ends the flushes whose events are all completed. */
    void endCompleted(Effects effects) {
        end(flush -> flush.isCompleted(completed), effects);
    }

    /** Ends the flushes that do not wait for the end of a pause. */
    void endBlocked(Instant until, Effects effects) {
        end(flush -> flush.isBlocked(until), effects);
    }

    void endAll(Effects effects) {
        end(flush -> true, effects);
    }

    private void end(Predicate<Flush> isOver, Effects effects) {
        for (Iterator<Flush> each = flushes.iterator(); each.hasNext();) {
            Flush flush = each.next();
            if (isOver.test(flush)) {
                each.remove();
                effects.add(flush.onEnd());
            }
        }
    }

    /**
     * A caller that waits until the events that were added before are delivered or dropped.
     *
     * @param upTo the number of these events
     * @param deadline ends the flush only if a pause would last longer; null to end it with any pause
     */
    record Flush(long upTo, Instant deadline, Runnable onEnd) {

        private boolean isCompleted(long completed) {
            return completed >= upTo;
        }

        private boolean isBlocked(Instant until) {
            return until != null && (deadline == null || until.isAfter(deadline));
        }
    }
}
