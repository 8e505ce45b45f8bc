package io.quarkiverse.posthog.runtime.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.runtime.config.AccountConfig.RateLimitConfig;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.metrics.AccountMetrics;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.smallrye.mutiny.Uni;

/**
 * Keeps an account below PostHog's rate limits: a request that would exceed a limit waits, instead of failing with
 * status 429 in the middle of a long stream.
 */
final class ApiRateLimiter {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.requests");

    /** Extends the windows, because the delay until PostHog receives a request varies. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final Duration LOG_THRESHOLD = Duration.ofSeconds(5);

    private final String account;
    private final Map<Limit, List<SlidingWindow>> windows = new EnumMap<>(Limit.class);
    private final RequestDelays delays;
    private final AccountMetrics metrics;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();

    ApiRateLimiter(ResolvedAccountConfig account, RequestDelays delays, AccountMetrics metrics) {
        this(account.name(), account.isRateLimited() ? account.config().rateLimit() : null, delays, metrics, delays::elapsed);
    }

    /**
     * Creates a rate limiter.
     *
     * @param config the limits; null for none
     */
    ApiRateLimiter(String account, RateLimitConfig config, RequestDelays delays, AccountMetrics metrics,
            LongSupplier clock) {
        this.account = account;
        this.metrics = metrics;
        this.delays = delays;
        this.clock = clock;
        if (config != null) {
            windows.put(Limit.CRUD, windows(config.crudPerMinute(), config.crudPerHour()));
            windows.put(Limit.ANALYTICS, windows(config.analyticsPerMinute(), config.analyticsPerHour()));
            windows.put(Limit.PERSONS, windows(config.personsPerMinute(), 0));
            windows.put(Limit.QUERIES, windows(config.queriesPerMinute(), config.queriesPerHour()));
        }
    }

    private static List<SlidingWindow> windows(int perMinute, int perHour) {
        List<SlidingWindow> windows = new ArrayList<>();
        if (perMinute > 0) {
            windows.add(new SlidingWindow(perMinute, Duration.ofMinutes(1).plus(MARGIN)));
        }
        if (perHour > 0) {
            windows.add(new SlidingWindow(perHour, Duration.ofHours(1).plus(MARGIN)));
        }
        return windows;
    }

    /** Completes when a request can be sent, and counts the request. */
    Uni<Void> acquire(Operation<?> operation) {
        return Uni.createFrom().deferred(() -> {
            long wait = delays.isClosed() ? 0 : tryAcquire(operation.limit());
            if (wait <= 0) {
                return Uni.createFrom().voidItem();
            }
            Duration duration = Duration.ofNanos(wait);
            if (duration.compareTo(LOG_THRESHOLD) > 0) {
                LOG.infof("PostHog account '%s', %s: waiting %d s to stay under PostHog's rate limits", account,
                        operation.name(), duration.toSeconds());
            }
            metrics.waited(operation.limit().name().toLowerCase(Locale.ROOT), duration);
            // Tries again after the delay. No slot is reserved, so a canceled request does not delay others
            return delays.after(duration.plusMillis(1)).chain(() -> acquire(operation));
        });
    }

    private long tryAcquire(Limit limit) {
        List<SlidingWindow> limits = windows.getOrDefault(limit, List.of());
        if (limits.isEmpty()) {
            return 0;
        }
        lock.lock();
        try {
            long now = clock.getAsLong();
            long wait = 0;
            for (SlidingWindow window : limits) {
                wait = Math.max(wait, window.waitAt(now));
            }
            if (wait <= 0) {
                limits.forEach(window -> window.add(now));
            }
            return wait;
        } finally {
            lock.unlock();
        }
    }
}
