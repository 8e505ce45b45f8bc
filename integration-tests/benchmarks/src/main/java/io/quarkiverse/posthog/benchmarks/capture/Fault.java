package io.quarkiverse.posthog.benchmarks.capture;

import java.io.IOException;

import io.quarkiverse.posthog.benchmarks.sink.SinkControl;

/** A failure while events are captured. */
enum Fault {

    NONE("none") {
        @Override
        void inject(SinkControl sink) {
        }
    },
    UNAVAILABLE("503 for 10 s") {
        @Override
        void inject(SinkControl sink) throws IOException {
            sink.fail(503, 0, 10_000);
        }
    },
    REFUSED("connection refused for 10 s") {
        @Override
        void inject(SinkControl sink) throws IOException {
            sink.refuse(10_000);
        }
    },
    RATE_LIMITED("429 with `Retry-After: 2` for 4 s") {
        @Override
        void inject(SinkControl sink) throws IOException {
            sink.fail(429, 2, 4_000);
        }
    };

    private final String title;

    Fault(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract void inject(SinkControl sink) throws IOException;
}
