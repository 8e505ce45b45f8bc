package io.quarkiverse.posthog.benchmarks.hostile;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

/** Measures how long event loops are blocked, with a task that runs every 10 ms. */
final class EventLoopWatch {

    private static final int TICK_MILLIS = 10;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Tick> loops = new ArrayList<>();
    private final Tick control = new Tick();

    EventLoopWatch(Vertx vertx) {
        for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            Tick tick = new Tick();
            loops.add(tick);
            loop.scheduleAtFixedRate(tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        Thread thread = new Thread(this::runControl, "event-loop-control");
        thread.setDaemon(true);
        thread.start();
    }

    private void runControl() {
        try {
            while (true) {
                control.run();
                Thread.sleep(TICK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void reset() {
        loops.forEach(Tick::reset);
        control.reset();
    }

    /** The longest time that the task of an event loop was late. */
    long lateMillis() {
        return loops.stream().mapToLong(tick -> millis(tick.late)).max().orElse(0);
    }

    /** The most CPU time that an event loop used between two runs of the task. */
    long cpuMillis() {
        return loops.stream().mapToLong(tick -> millis(tick.cpu)).max().orElse(0);
    }

    /** The longest time that a thread without other work was late, because of the garbage collector or other processes. */
    long controlMillis() {
        return millis(control.late);
    }

    private long millis(AtomicLong nanos) {
        // A delay that is not over counts too
        loops.forEach(Tick::measure);
        return TimeUnit.NANOSECONDS.toMillis(nanos.get());
    }

    /** A task that measures the time since it ran last. */
    private static final class Tick implements Runnable {

        private final AtomicLong late = new AtomicLong();
        private final AtomicLong cpu = new AtomicLong();
        private volatile long lastRun = System.nanoTime();
        private volatile long lastCpu;
        private volatile long thread;

        @Override
        public void run() {
            measure();
            thread = Thread.currentThread().getId();
            lastRun = System.nanoTime();
            lastCpu = THREADS.getThreadCpuTime(thread);
        }

        void measure() {
            if (thread != 0) {
                late.accumulateAndGet(System.nanoTime() - lastRun - TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS), Math::max);
                cpu.accumulateAndGet(THREADS.getThreadCpuTime(thread) - lastCpu, Math::max);
            }
        }

        void reset() {
            late.set(0);
            cpu.set(0);
        }
    }
}
