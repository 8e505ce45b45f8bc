package io.quarkiverse.posthog.lua.engine.interpreter;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/** The CPU time of the current thread. On a thread without CPU time, such as a virtual thread, it is the elapsed time. */
public final class CpuClock implements LongSupplier {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public long getAsLong() {
        try {
            long time = threads.getCurrentThreadCpuTime();
            return time < 0 ? System.nanoTime() : time;
        } catch (UnsupportedOperationException e) {
            return System.nanoTime();
        }
    }
}
