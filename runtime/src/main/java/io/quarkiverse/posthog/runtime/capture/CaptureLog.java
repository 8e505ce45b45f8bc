package io.quarkiverse.posthog.runtime.capture;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.context.DistinctIds;
import io.quarkiverse.posthog.runtime.rest.LogText;
import io.quarkiverse.posthog.runtime.rest.UnexpectedFailure;

/**
 * Warns of dropped events and of trouble with sending: at once, but then not for each event. What was not logged is counted
 * by its cause, and logged with the next warning.
 */
final class CaptureLog {

    static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.capture");

    private static final long INTERVAL = Duration.ofSeconds(30).toNanos();

    private final String account;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<DropReason, Silence> silences = new EnumMap<>(DropReason.class);
    private final AtomicLong lastError = new AtomicLong(System.nanoTime() - INTERVAL);
    private final AtomicLong lastUnexpected = new AtomicLong(System.nanoTime() - INTERVAL);
    /** The placeholder IDs that were logged. */
    private final Set<String> illegalIds = ConcurrentHashMap.newKeySet();
    private boolean failing;

    CaptureLog(String account) {
        this.account = account;
    }

    void dropped(long count, DropReason reason, String detail) {
        warn(toSay(count, reason, detail), reason);
    }

    /** Warns once per ID: PostHog combines all events with a placeholder ID in one person, or drops them. */
    void illegalId(CaptureEvent event) {
        if (illegalIds.add(DistinctIds.plain(event.distinctId()))) {
            LOG.warnf(
                    "PostHog account '%s': event '%s' has the distinct ID '%s', a placeholder on PostHog's list of illegal IDs;"
                            + " it is sent as given, but PostHog never merges such a person and may drop the event; pass the ID of the"
                            + " person, or none; this is logged once per ID",
                    account, LogText.of(event.event()),
                    LogText.of(event.distinctId()));
        }
    }

    /** An event was dropped because a hook failed, which is somebody's mistake to be found. */
    void hookFailed(String event, String detail, Throwable failure) {
        DropCauses causes = toSay(1, DropReason.BEFORE_SEND_FAILED, detail);
        if (causes != null) {
            LOG.warnf(failure, "PostHog account '%s' dropped event '%s'%s%s", account, event,
                    causes.total() == 1 ? "" : " and " + events(causes.total() - 1) + " before", causes);
        }
    }

    /** @return what to warn of now; null to stay silent */
    private DropCauses toSay(long count, DropReason reason, String detail) {
        lock.lock();
        try {
            return silences.computeIfAbsent(reason, key -> new Silence()).add(count, detail);
        } finally {
            lock.unlock();
        }
    }

    /** Says what was not said yet: there will be no next warning. */
    void close() {
        Map<DropReason, DropCauses> rest = new EnumMap<>(DropReason.class);
        lock.lock();
        try {
            silences.forEach((reason, silence) -> rest.put(reason, silence.end()));
        } finally {
            lock.unlock();
        }
        rest.forEach((reason, causes) -> warn(causes, reason));
    }

    private void warn(DropCauses causes, DropReason reason) {
        if (causes != null && causes.total() > 0) {
            LOG.warnf("PostHog account '%s' dropped %s: %s%s", account, events(causes.total()), explanation(reason),
                    causes);
        }
    }

    private static String events(long count) {
        return count == 1 ? "an event" : count + " events";
    }

    private static String explanation(DropReason reason) {
        return switch (reason) {
            case INVALID -> "invalid";
            case BEFORE_SEND_FAILED -> "a BeforeSend failed";
            case NO_PROJECT_KEY -> "the account has no project-api-key";
            case QUEUE_FULL -> "the queue is full";
            case TOO_LARGE -> "too large";
            case REFUSED -> "refused by PostHog";
            case RETRIES_EXHAUSTED -> "PostHog could not take them however often they were sent";
            case EXPIRED -> "too old";
            case SPOOL_FAILED -> "the spool failed";
            case CLOSED -> "the account was closed, or the stream cancelled";
            case FAILED -> "assembling or encoding failed";
            default -> reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** Something does not work that should, such as the disk; that is likely to go on. */
    void failed(String consequence, Throwable failure) {
        if (isDue(lastError)) {
            boolean saysAll = failure instanceof IOException || failure instanceof IllegalArgumentException;
            LOG.errorf(saysAll ? null : failure, "PostHog account '%s' %s: %s", account, consequence,
                    failure);
        }
    }

    private static boolean isDue(AtomicLong last) {
        long now = System.nanoTime();
        long before = last.get();
        return now - before >= INTERVAL && last.compareAndSet(before, now);
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

    /**
     * A batch could not be sent, and will be sent again. The first failure of an outage is a warning; an unexpected one is a
     * warning with its stack trace, but not for each attempt.
     */
    void failed(Throwable failure, int events, Duration wait) {
        boolean goesOn = setFailing(true);
        boolean unexpected = failure.getCause() instanceof UnexpectedFailure && isDue(lastUnexpected);
        LOG.logf(goesOn && !unexpected ? Logger.Level.DEBUG : Logger.Level.WARN, unexpected ? failure.getCause() : null,
                "PostHog account '%s' keeps %s and tries again in %d ms: %s", account, events(events), wait.toMillis(),
                failure.getMessage());
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
        private DropCauses causes = new DropCauses();

        /** @return what to warn of now; null to stay silent */
        DropCauses add(long count, String detail) {
            causes.add(count, detail);
            if (System.nanoTime() - since < INTERVAL) {
                return null;
            }
            since = System.nanoTime();
            return end();
        }

        DropCauses end() {
            DropCauses all = causes;
            causes = new DropCauses();
            return all;
        }
    }
}
