package io.quarkiverse.posthog.benchmarks.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Threads that capture events as fast as possible. */
final class Producers {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private Producers() {
    }

    /** Captures the events with the numbers from {@code first} on, and waits while the queue is full. */
    static void run(CaptureClient client, int producers, int first, int events) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < producers; i++) {
            int from = first + (int) ((long) events * i / producers);
            int to = first + (int) ((long) events * (i + 1) / producers);
            threads.add(new Thread(() -> produce(client, from, to), "producer-" + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void produce(CaptureClient client, int from, int to) {
        for (int number = from; number < to; number++) {
            SampleEvent event = new SampleEvent(number);
            while (!client.capture(event)) {
                LockSupport.parkNanos(PAUSE);
            }
        }
    }
}
