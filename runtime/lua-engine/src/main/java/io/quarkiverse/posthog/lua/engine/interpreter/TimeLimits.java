package io.quarkiverse.posthog.lua.engine.interpreter;

import java.util.function.LongSupplier;

import io.quarkiverse.posthog.lua.engine.LuaLimitException;
import io.quarkiverse.posthog.lua.engine.LuaLimits;

/** The limits of CPU time and wall time, and cancellation. */
public final class TimeLimits {

    private final LongSupplier cpuClock;
    private final LongSupplier wallClock;
    private final LuaLimits limits;
    private volatile boolean cancelled;
    private boolean running;
    private boolean startedOnce;
    private long cpuStart;
    private long cpuUsed;
    private long deadline;

    /** Creates the limits. Both clocks return nanoseconds. The CPU clock measures the current thread. */
    public TimeLimits(LuaLimits limits, LongSupplier cpuClock, LongSupplier wallClock) {
        this.limits = limits;
        this.cpuClock = cpuClock;
        this.wallClock = wallClock;
    }

    /** Starts or continues to measure the CPU time of the current thread. */
    public void start() {
        if (!startedOnce) {
            startedOnce = true;
            deadline = wallClock.getAsLong() + limits.wallTime().toNanos();
        }
        running = true;
        cpuStart = cpuClock.getAsLong();
    }

    /** Stops measuring the CPU time. */
    public void stop() {
        cpuUsed = cpuNanos();
        running = false;
    }

    /** Returns whether the CPU time is being measured. */
    public boolean running() {
        return running;
    }

    /** Returns the CPU time so far. */
    public long cpuNanos() {
        return running ? cpuUsed + cpuClock.getAsLong() - cpuStart : cpuUsed;
    }

    /** Returns the time until the deadline, which can be negative. */
    public long remainingNanos() {
        return startedOnce ? deadline - wallClock.getAsLong() : limits.wallTime().toNanos();
    }

    /** Returns the current time of the clock of the deadline. */
    public long now() {
        return wallClock.getAsLong();
    }

    /** Moves the deadline. */
    public void extend(long nanos) {
        deadline += nanos;
    }

    /** Stops the script at its next check. Any thread can call this. */
    public void cancel() {
        cancelled = true;
    }

    /** Throws an exception if a limit is exceeded. */
    public void check(Execution execution) {
        if (cancelled) {
            throw execution.limit(LuaLimitException.Kind.CANCELLED, "The script was cancelled.");
        }
        if (!startedOnce) {
            return;
        }
        if (remainingNanos() < 0) {
            throw execution.limit(LuaLimitException.Kind.DEADLINE,
                    "The script exceeded its time limit of " + limits.wallTime().toMillis() + " ms.");
        }
        if (cpuNanos() > limits.cpuTime().toNanos()) {
            throw execution.limit(LuaLimitException.Kind.CPU,
                    "The script exceeded its limit of " + limits.cpuTime().toMillis() + " ms of CPU time.");
        }
    }
}
