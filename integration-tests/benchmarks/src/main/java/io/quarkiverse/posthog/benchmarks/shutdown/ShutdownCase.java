package io.quarkiverse.posthog.benchmarks.shutdown;

import java.time.Duration;

/** The behavior of PostHog while an application stops. */
enum ShutdownCase {

    AVAILABLE("200") {
        @Override
        int status(Duration sinceFirst) {
            return 200;
        }
    },
    FAILING("500") {
        @Override
        int status(Duration sinceFirst) {
            return 500;
        }
    },
    RECOVERING("503 for 7 s, then 200") {
        @Override
        int status(Duration sinceFirst) {
            return sinceFirst.toSeconds() < 7 ? 503 : 200;
        }
    },
    RATE_LIMITED("503 with `Retry-After: 20`, then 200") {
        @Override
        int status(Duration sinceFirst) {
            return sinceFirst.toSeconds() < 5 ? 503 : 200;
        }

        @Override
        String retryAfter() {
            return "20";
        }
    },
    HANGING("no response") {
        @Override
        int status(Duration sinceFirst) {
            return NO_RESPONSE;
        }
    },
    REFUSING("connection refused") {
        @Override
        int status(Duration sinceFirst) {
            throw new IllegalStateException("nothing listens");
        }
    };

    static final int NO_RESPONSE = 0;

    private final String title;

    ShutdownCase(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** @param sinceFirst the time since the first request with events */
    abstract int status(Duration sinceFirst);

    /** The {@code Retry-After} header of failures; null for no header. */
    String retryAfter() {
        return null;
    }
}
