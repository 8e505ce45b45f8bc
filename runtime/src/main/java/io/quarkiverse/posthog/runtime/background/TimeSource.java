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
        public Runnable after(Duration delay, Runnable task, TaskScheduler scheduler) {
            return scheduler.schedule(delay, task);
        }
    };

    /** The time since a fixed moment. */
    Duration elapsed();

    /**
     * Runs a task after a delay.
     *
     * @param scheduler sets a timer that runs the task on the right thread
     * @return cancels the task
     */
    Runnable after(Duration delay, Runnable task, TaskScheduler scheduler);

    /** Sets timers. */
    interface TaskScheduler {

        /** @return cancels the timer */
        Runnable schedule(Duration delay, Runnable task);
    }

    /** A bean that replaces {@link #REAL}, such as in tests. */
    interface Provider {

        TimeSource of(String account);
    }
}
