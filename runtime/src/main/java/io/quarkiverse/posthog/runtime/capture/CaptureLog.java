package io.quarkiverse.posthog.runtime.capture;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.capture.DropReason;

/**
 * Warns of dropped events and of trouble with sending: at once, but then not for each event. What was not logged is counted
 * and said with the next warning.
 */
final class CaptureLog {

    static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.capture");

    private static final long INTERVAL = Duration.ofSeconds(30).toNanos();

    private final String account;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<DropReason, Silence> silences = new EnumMap<>(DropReason.class);
    private final AtomicLong lastError = new AtomicLong(System.nanoTime() - INTERVAL);
    private boolean failing;

    CaptureLog(String account) {
        this.account = account;
    }

    void dropped(long count, DropReason reason, String detail) {
        warn(toSay(count, reason), reason, detail);
    }

    /** An event was dropped because a hook failed, which is somebody's mistake to be found. */
    void hookFailed(String event, String detail, Throwable failure) {
        long total = toSay(1, DropReason.BEFORE_SEND_FAILED);
        if (total > 0) {
            LOG.warnf(failure, "PostHog account '%s' dropped event '%s'%s: %s", account, event,
                    total == 1 ? "" : " and " + events(total - 1) + " before", detail);
        }
    }

    /** @return how many to warn of now; 0 to stay silent */
    private long toSay(long count, DropReason reason) {
        lock.lock();
        try {
            return silences.computeIfAbsent(reason, key -> new Silence()).add(count);
        } finally {
            lock.unlock();
        }
    }

    /** Says what was not said yet: there will be no next warning. */
    void close() {
        Map<DropReason, Long> rest = new EnumMap<>(DropReason.class);
        lock.lock();
        try {
            silences.forEach((reason, silence) -> rest.put(reason, silence.end()));
        } finally {
            lock.unlock();
        }
        rest.forEach((reason, count) -> warn(count, reason, null));
    }

    private void warn(long total, DropReason reason, String detail) {
        if (total > 0) {
            LOG.warnf("PostHog account '%s' dropped %s: %s%s", account, events(total),
                    explanation(reason), detail == null ? "" : ": " + detail);
        }
    }

    private static String events(long count) {
        return count == 1 ? "an event" : count + " events";
    }

    private static String explanation(DropReason reason) {
        return switch (reason) {
            case INVALID -> "invalid";
            case NO_PROJECT_KEY -> "the account has no project-api-key";
            case QUEUE_FULL -> "the queue is full";
            case TOO_LARGE -> "too large";
            case REFUSED -> "refused by PostHog";
            case RETRIES_EXHAUSTED -> "PostHog could not take them however often they were sent";
            case EXPIRED -> "too old";
            case SPOOL_FAILED -> "the spool failed";
            case CLOSED -> "the account was closed, or the stream cancelled";
            default -> reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** Something does not work that should, such as the disk; that is likely to go on. */
    void failed(String consequence, Throwable failure) {
        long now = System.nanoTime();
        long last = lastError.get();
        if (now - last >= INTERVAL && lastError.compareAndSet(last, now)) {
            boolean saysAll = failure instanceof IOException || failure instanceof IllegalArgumentException;
            LOG.errorf(saysAll ? null : failure, "PostHog account '%s' %s: %s", account, consequence,
                    failure);
        }
    }

    /** What was not delivered when the account was closed: said in any case. */
    void leftAtClose(long dropped, long onDisk) {
        if (dropped > 0) {
            LOG.warnf("PostHog account '%s' was closed before %d events were delivered; they are lost. More time for them is"
                    + " a matter of capture.shutdown-timeout, keeping them of capture.spool.directory", account, dropped);
        }
        if (onDisk > 0) {
            LOG.infof("PostHog account '%s' was closed before %d events were delivered; they are sent at the next start",
                    account, onDisk);
        }
    }

    /** A batch could not be sent, and will be sent again. */
    void failed(Throwable failure, int events, Duration wait) {
        Logger.Level level = setFailing(true) ? Logger.Level.DEBUG : Logger.Level.WARN;
        LOG.logf(level, "PostHog account '%s' keeps %s and tries again in %d ms: %s", account, events(events),
                wait.toMillis(), failure.getMessage());
    }

    void succeeded() {
        if (failing && setFailing(false)) {
            LOG.infof("PostHog account '%s' delivers events again", account);
        }
    }

    /** @return what it was before */
    private boolean setFailing(boolean now) {
        lock.lock();
        try {
            boolean before = failing;
            failing = now;
            return before;
        } finally {
            lock.unlock();
        }
    }

    /** What was not said since it was last said. */
    private static final class Silence {

        private long since = System.nanoTime() - INTERVAL;
        private long count;

        /** @return how many to warn of now; 0 to stay silent */
        long add(long more) {
            count += more;
            if (System.nanoTime() - since < INTERVAL) {
                return 0;
            }
            since = System.nanoTime();
            return end();
        }

        long end() {
            long total = count;
            count = 0;
            return total;
        }
    }
}
