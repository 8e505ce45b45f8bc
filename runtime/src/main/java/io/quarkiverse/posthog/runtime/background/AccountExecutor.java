package io.quarkiverse.posthog.runtime.background;

import java.time.Duration;
import java.time.Instant;

import io.smallrye.mutiny.Uni;

/** Runs the background tasks and timers of an account. */
public interface AccountExecutor {

    /** Runs a task that computes or may block. */
    void work(Runnable task);

    /** Runs a task that sends requests, on an event loop. */
    void send(Runnable task);

    /**
     * Runs a task after a delay, as {@link #send} does.
     *
     * @return cancels the task
     */
    Runnable after(Duration delay, Runnable task);

    /**
     * Completes after a delay, on the Vert.x context that subscribes, if there is one. Blocks no thread; canceling it stops
     * the timer.
     */
    Uni<Void> pause(Duration delay);

    Instant now();

    /** The time since a fixed moment. Unlike {@link #now()}, it is monotonic. */
    Duration elapsed();
}
