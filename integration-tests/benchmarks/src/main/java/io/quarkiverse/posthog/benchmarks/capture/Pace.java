package io.quarkiverse.posthog.benchmarks.capture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A producer that captures a fixed number of events per second and does not wait for space in the queue. */
final class Pace {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

    private final int perSecond;
    private final long start = System.nanoTime();

    Pace(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Captures the events with the given numbers at the configured rate, and returns the number of accepted events. */
    int capture(CaptureClient client, int from, int to) {
        int accepted = 0;
        for (int number = from; number < to; number++) {
            long due = start + number * 1_000_000_000L / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(PAUSE);
            }
            accepted += client.capture(new SampleEvent(number)) ? 1 : 0;
        }
        return accepted;
    }
}
