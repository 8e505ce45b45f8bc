package io.quarkiverse.posthog.benchmarks.hostile;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

/**
 * The longest time for which an event loop did nothing else. A thread of its own shows what other processes and the garbage
 * collector took, which is subtracted.
 */
final class EventLoopWatch {

    private static final int TICK_MILLIS = 10;

    private final AtomicLong longestLoop = new AtomicLong();
    private final AtomicLong longestControl = new AtomicLong();

    EventLoopWatch(Vertx vertx) {
        for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            loop.scheduleAtFixedRate(new Tick(longestLoop), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        Thread control = new Thread(this::control, "event-loop-control");
        control.setDaemon(true);
        control.start();
    }

    private void control() {
        Tick tick = new Tick(longestControl);
        try {
            while (true) {
                tick.run();
                Thread.sleep(TICK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void reset() {
        longestLoop.set(0);
        longestControl.set(0);
    }

    long loopMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestLoop.get());
    }

    long controlMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestControl.get());
    }

    /** Measures the time since the last tick. */
    private static final class Tick implements Runnable {

        private final AtomicLong longest;
        private long last = System.nanoTime();

        Tick(AtomicLong longest) {
            this.longest = longest;
        }

        @Override
        public void run() {
            long now = System.nanoTime();
            longest.accumulateAndGet(now - last - TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS), Math::max);
            last = now;
        }
    }
}
