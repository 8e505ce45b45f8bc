package io.quarkiverse.posthog.runtime.background;

import java.time.Duration;
import java.time.Instant;

/** Runs tasks outside the threads that capture events. */
public interface AccountExecutor {

    /** Runs what computes, or may block. */
    void work(Runnable task);

    /** Runs what sends a request. */
    void send(Runnable task);

    /** Runs it later. @return what cancels it */
    Runnable after(Duration delay, Runnable task);

    Instant now();

    /** How long it has been since some moment, for waiting: unlike {@link #now()} it can't be set. */
    Duration elapsed();
}
