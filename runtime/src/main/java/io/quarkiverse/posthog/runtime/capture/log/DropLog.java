package io.quarkiverse.posthog.runtime.capture.log;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.support.LogText;

/**
 * Warns of dropped events: immediately of the first one for a reason, then of the others every 30 seconds, until an interval
 * passes without drops.
 */
public final class DropLog {

    public static final Duration INTERVAL = Duration.ofSeconds(30);

    private final String account;
    private final AccountExecutor background;
    private final ReentrantLock lock = new ReentrantLock();
    /** The drops since the last warning, for each reason that had one in the last interval. */
    private final Map<DropReason, DropCauses> unlogged = new EnumMap<>(DropReason.class);
    /** Cancels the next summary; null if there is none. */
    private Runnable timer;
    /** Whether events that are dropped because the account closes are only logged in the summary. */
    private boolean closing;
    private boolean closed;

    public DropLog(String account, AccountExecutor background) {
        this.account = account;
        this.background = background;
    }

    /**
     * @param events the names of the dropped events
     * @param detail the cause; null if there is none
     */
    public void dropped(List<String> events, DropReason reason, String detail) {
        warn(reason, due(reason, causes -> causes.add(events, detail)));
    }

    /** Events whose names are not available were dropped. */
    public void dropped(long count, DropReason reason, String detail) {
        warn(reason, due(reason, causes -> causes.add(count, detail)));
    }

    /** An event was dropped because of a defect in a hook, of which the stack trace is logged. */
    public void hookFailed(String event, String detail, Throwable failure) {
        DropCauses causes = due(DropReason.BEFORE_SEND_FAILED, it -> it.add(List.of(event), detail));
        if (causes != null) {
            CaptureLogger.LOG.warnf(failure, "PostHog account '%s' dropped event '%s'%s", account, LogText.of(event),
                    causes.causes());
        }
    }

    /** @return the drops to warn of now; null if the next summary contains them */
    private DropCauses due(DropReason reason, Consumer<DropCauses> drops) {
        lock.lock();
        try {
            DropCauses collected = unlogged.get(reason);
            if (collected != null) {
                drops.accept(collected);
                return null;
            }
            DropCauses first = new DropCauses();
            drops.accept(first);
            boolean later = reason == DropReason.CLOSED && closing && !closed;
            unlogged.put(reason, later ? first : new DropCauses());
            if (timer == null && !closed) {
                timer = background.after(INTERVAL, this::intervalOver);
            }
            return later ? null : first;
        } finally {
            lock.unlock();
        }
    }

    private void intervalOver() {
        Map<DropReason, DropCauses> summaries;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            summaries = taken();
            summaries.keySet().forEach(reason -> unlogged.put(reason, new DropCauses()));
            timer = summaries.isEmpty() ? null : background.after(INTERVAL, this::intervalOver);
        } finally {
            lock.unlock();
        }
        summaries.forEach(this::warn);
    }

    private Map<DropReason, DropCauses> taken() {
        Map<DropReason, DropCauses> taken = new EnumMap<>(DropReason.class);
        unlogged.forEach((reason, causes) -> {
            if (causes.total() > 0) {
                taken.put(reason, causes);
            }
        });
        unlogged.clear();
        return taken;
    }

    /** From now on, events that are captured too late are counted, and logged by {@link #stopping()}. */
    public void closing() {
        lock.lock();
        try {
            closing = true;
        } finally {
            lock.unlock();
        }
    }

    /** Logs the drops since the last warning. */
    public void stopping() {
        Map<DropReason, DropCauses> summaries;
        lock.lock();
        try {
            summaries = taken();
        } finally {
            lock.unlock();
        }
        summaries.forEach(this::warn);
    }

    /**
     * The account is closed.
     *
     * @param lost the number of events that were not delivered
     * @param onDisk the number of events that the next start delivers
     */
    public void closed(long lost, long onDisk) {
        DropCauses undelivered;
        lock.lock();
        try {
            undelivered = unlogged.remove(DropReason.CLOSED);
            closed = true;
            if (timer != null) {
                timer.run();
                timer = null;
            }
        } finally {
            lock.unlock();
        }
        stopping();
        if (lost > 0) {
            CaptureLogger.LOG.warnf("PostHog account '%s' was closed before %d events were delivered; they are lost%s. To avoid"
                    + " this, increase %s, or set %s to keep undelivered events on disk", account, lost,
                    undelivered == null ? "" : undelivered.names(), AccountNames.key(account, "capture.shutdown-timeout"),
                    AccountNames.key(account, "capture.spool.directory"));
        }
        if (onDisk > 0) {
            CaptureLogger.LOG
                    .infof("PostHog account '%s' was closed before %d events were delivered; they are sent at the next "
                            + "start", account, onDisk);
        }
    }

    private void warn(DropReason reason, DropCauses causes) {
        if (causes != null && causes.total() > 0) {
            boolean last = closed && reason == DropReason.CLOSED;
            CaptureLogger.LOG.warnf("PostHog account '%s' dropped %s: %s%s%s", account, CaptureLogger.events(causes.total()),
                    explanation(reason), causes, last ? "; further ones are counted, but not logged" : "");
        }
    }

    private static String explanation(DropReason reason) {
        return switch (reason) {
            case INVALID -> "invalid";
            case OPTED_OUT -> "capturing is disabled";
            case SAMPLED_OUT -> "not part of the sample";
            case BEFORE_SEND -> "a BeforeSend returned null";
            case NESTED -> "captured in a BeforeSend for an event of a BeforeSend";
            case BEFORE_SEND_FAILED -> "a BeforeSend failed";
            case NO_PROJECT_API_KEY -> "the account has no project-api-key";
            case QUEUE_FULL -> "the queue is full";
            case TOO_LARGE -> "too large";
            case REJECTED -> "rejected by PostHog";
            case RETRIES_EXHAUSTED -> "all retries failed";
            case EXPIRED -> "too old";
            case SPOOL_FAILED -> "the spool failed";
            case CLOSED -> "the account was closed, or the stream was canceled";
            case ENCODING_FAILED -> "building or encoding the event failed";
        };
    }
}
