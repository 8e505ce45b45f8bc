package io.quarkiverse.posthog.runtime.capture.log;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.context.DistinctIds;
import io.quarkiverse.posthog.runtime.support.LogText;
import io.quarkiverse.posthog.runtime.support.UnexpectedFailure;

/** Logs failures of capturing: the first failure of an outage or defect, and not each one after that. */
public final class CaptureLogger {

    public static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.capture");

    private static final long INTERVAL = DropLog.INTERVAL.toNanos();

    private final String account;
    private final DropLog drops;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong lastError = new AtomicLong(System.nanoTime() - INTERVAL);
    private final AtomicLong lastUnexpected = new AtomicLong(System.nanoTime() - INTERVAL);
    /** The placeholder IDs that were logged. */
    private final Set<String> illegalIds = ConcurrentHashMap.newKeySet();
    private boolean failing;

    public CaptureLogger(String account, AccountExecutor background) {
        this.account = account;
        this.drops = new DropLog(account, background);
    }

    public DropLog drops() {
        return drops;
    }

    /** Warns once per ID: PostHog combines all events with a placeholder ID in one person, or drops them. */
    public void illegalId(CaptureEvent event) {
        if (illegalIds.add(DistinctIds.plain(event.distinctId()))) {
            LOG.warnf(
                    "PostHog account '%s': event '%s' has the distinct ID '%s', a placeholder on PostHog's list of illegal IDs;"
                            + " it is sent as given, but PostHog never merges such a person and may drop the event; pass the ID of the"
                            + " person, or none; this is logged once per ID",
                    account, LogText.of(event.event()),
                    LogText.of(event.distinctId()));
        }
    }

    public static String events(long count) {
        return count == 1 ? "an event" : count + " events";
    }

    /** Logs an internal failure, such as a full disk, at most once per interval, because it is likely to repeat. */
    public void failed(String consequence, Throwable failure) {
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

    /**
     * A batch could not be sent and will be retried. The first failure of an outage is a warning; an unexpected one is a
     * warning with its stack trace, but not for each attempt.
     */
    public void failed(Throwable failure, int events, Duration wait) {
        boolean goesOn = setFailing(true);
        boolean unexpected = failure.getCause() instanceof UnexpectedFailure && isDue(lastUnexpected);
        LOG.logf(goesOn && !unexpected ? Logger.Level.DEBUG : Logger.Level.WARN, unexpected ? failure.getCause() : null,
                "PostHog account '%s' keeps %s and tries again in %d ms: %s", account, events(events), wait.toMillis(),
                failure.getMessage());
    }

    public void succeeded() {
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
}
