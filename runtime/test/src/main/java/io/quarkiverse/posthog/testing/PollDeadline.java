package io.quarkiverse.posthog.testing;

import java.time.Duration;

/** The timeout of polling. */
final class PollDeadline {

    private static final long PAUSE_MILLIS = 20;

    private final Duration patience;
    private final long end;

    private PollDeadline(Duration patience) {
        this.patience = patience;
        this.end = System.nanoTime() + patience.toNanos();
    }

    static PollDeadline in(Duration patience) {
        return new PollDeadline(patience);
    }

    Duration patience() {
        return patience;
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
