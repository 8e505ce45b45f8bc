package io.quarkiverse.posthog.runtime.background;

import java.time.Duration;

/** The clock and the timers of an account. Tests can replace it. */
public interface TimeSource {

    /** Time as it is. */
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

    /** How long it has been since some moment, which is always the same. */
    Duration elapsed();

    /**
     * Runs a task later.
     *
     * @param timer what runs it, in the way that it has to be run
     * @return what cancels it
     */
    Runnable after(Duration delay, Runnable task, Timer timer);

    /** Runs a task after a delay. */
    interface Timer {

        /** @return what cancels it */
        Runnable set(Duration delay, Runnable task);
    }

    /** A bean that has other timers than {@link #REAL}; tests may bring one. */
    interface Source {

        TimeSource of(String account);
    }
}
