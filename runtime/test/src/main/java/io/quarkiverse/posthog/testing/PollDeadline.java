package io.quarkiverse.posthog.testing;

import java.time.Duration;

/** The timeout of polling. */
final class PollDeadline {

    private static final long PAUSE_MILLIS = 20;

    private final Duration timeout;
    private final long end;

    private PollDeadline(Duration timeout) {
        this.timeout = timeout;
        this.end = System.nanoTime() + timeout.toNanos();
    }

    static PollDeadline in(Duration timeout) {
        return new PollDeadline(timeout);
    }

    Duration timeout() {
        return timeout;
    }

    /** Waits before the next poll. Returns false if the timeout is over. */
    boolean pause() {
        if (System.nanoTime() - end >= 0) {
            return false;
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return true;
    }
}
