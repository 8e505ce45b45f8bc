package io.quarkiverse.posthog.runtime.background;

import java.time.Duration;

/** The clock and the timers of an account. Tests can replace it. */
public interface TimeSource {

    /** The time of the system. */
    TimeSource REAL = new TimeSource() {

        @Override
        public Duration elapsed() {
            return Duration.ofNanos(System.nanoTime());
        }

        @Override
        public Runnable after(Duration delay, Runnable task, Timer timer) {
            return timer.set(delay, task);
        }
    };

    /** The time since a fixed moment. */
    Duration elapsed();

    /**
     * Runs a task after a delay.
     *
     * @param timer sets the timer, and runs the task on the right thread
     * @return cancels the task
     */
    Runnable after(Duration delay, Runnable task, Timer timer);

    /** Sets a timer. */
    interface Timer {

        /** @return cancels the timer */
        Runnable set(Duration delay, Runnable task);
    }

    /** A bean that replaces {@link #REAL}, such as in tests. */
    interface Source {

        TimeSource of(String account);
    }
}
