package io.quarkiverse.posthog.runtime.errors;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ExceptionsConfig.ExceptionRateConfig;

/**
 * Limits the number of exceptions of the same kind, and in total, per time window. A warning is logged for the first
 * exception over the limit, and the number of such exceptions is logged when the next exception arrives after the
 * window.
 */
final class ExceptionRateLimiter {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.exceptions");

    /** The maximum number of kinds in a window. Further kinds are counted together. */
    private static final int MAX_KINDS = 1000;

    /** A kind of exceptions: their class, and the place where they were thrown. */
    private record Kind(String type, StackTraceElement place) {

        static Kind of(Throwable thrown) {
            List<StackTraceElement> stack = ThrowableReader.stack(thrown);
            return new Kind(ExceptionEventBuilder.type(thrown), stack.isEmpty() ? null : stack.get(0));
        }

        @Override
        public String toString() {
            return place == null ? type : type + " at " + place;
        }
    }

    private final String account;
    private final ExceptionRateConfig config;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Kind, Integer> counts = new HashMap<>();
    private long since;
    private int total;
    private long dropped;

    ExceptionRateLimiter(String account, ExceptionRateConfig config, LongSupplier nanoTime) {
        this.account = account;
        this.config = config;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    boolean admits(Throwable thrown) {
        Kind kind = Kind.of(thrown);
        long before = 0;
        boolean first;
        boolean admitted;
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            if (now - since >= config.window().toNanos()) {
                before = restart(now);
            }
            admitted = count(kind);
            first = !admitted && dropped++ == 0;
        } finally {
            lock.unlock();
        }
        logDropped(before);
        if (first) {
            LOG.warnf(
                    "PostHog account '%s': exceptions such as %s are dropped for up to %d s, because they exceed the limits of %s",
                    account, kind, Math.max(1, config.window().toSeconds()), key());
        }
        return admitted;
    }

    /** Logs the number of exceptions that were dropped since the last warning. */
    void close() {
        long rest;
        lock.lock();
        try {
            rest = restart(nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
        logDropped(rest);
    }

    private boolean count(Kind kind) {
        if (config.total() > 0 && total >= config.total()) {
            return false;
        }
        Kind counted = counts.containsKey(kind) || counts.size() < MAX_KINDS ? kind : new Kind("others", null);
        int seen = counts.getOrDefault(counted, 0);
        if (config.perException() > 0 && seen >= config.perException()) {
            return false;
        }
        counts.put(counted, seen + 1);
        total++;
        return true;
    }

    /** Starts a new window. Returns the number of exceptions that were dropped in the previous one. */
    private long restart(long now) {
        long before = dropped;
        counts.clear();
        total = 0;
        dropped = 0;
        since = now;
        return before;
    }

    private void logDropped(long before) {
        if (before > 0) {
            LOG.warnf("PostHog account '%s': %s dropped because of the limits of %s", account,
                    before == 1 ? "one exception" : before + " exceptions", key());
        }
    }

    private String key() {
        return AccountNames.key(account, "exceptions.rate-limit");
    }
}
