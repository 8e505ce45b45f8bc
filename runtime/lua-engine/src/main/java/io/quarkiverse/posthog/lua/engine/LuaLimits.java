package io.quarkiverse.posthog.lua.engine;

import java.time.Duration;

/**
 * The limits of a {@link LuaState}, for everything that it runs together.
 *
 * @param steps the number of steps: a statement, a call, an iteration, or a small piece of work in a library function
 * @param cpuTime the CPU time of the script, without the time in {@link LuaState#blocking}
 * @param wallTime the time from the start of the first run on, without the time in {@link LuaState#paused}
 * @param memoryBytes the memory that values in use may have, as estimated by the engine
 * @param outputCharacters the number of characters that the script can print
 * @param callDepth the depth of the stack, in nested calls, statements and expressions: a call of a small function uses about
 *        6,
 *        so it can call itself about 500 times with the default. Each needs at most about 260 bytes of the Java stack
 */
public record LuaLimits(long steps, Duration cpuTime, Duration wallTime, long memoryBytes, long outputCharacters,
        int callDepth) {

    /** One billion steps, 30 seconds of CPU time, two minutes, 32 MB, 60,000 characters, and a depth for stacks of 1 MB. */
    public static final LuaLimits DEFAULT = new LuaLimits(1_000_000_000L, Duration.ofSeconds(30), Duration.ofMinutes(2),
            32L << 20,
            60_000, 3_000);

    /** Checks the values. */
    public LuaLimits {
        if (steps <= 0 || cpuTime.isNegative() || wallTime.isNegative() || memoryBytes <= 0 || outputCharacters < 0
                || callDepth <= 0) {
            throw new IllegalArgumentException("All limits must be positive.");
        }
    }

    /** Returns the same limits with another number of steps. */
    public LuaLimits withSteps(long value) {
        return new LuaLimits(value, cpuTime, wallTime, memoryBytes, outputCharacters, callDepth);
    }

    /** Returns the same limits with another CPU time. */
    public LuaLimits withCpuTime(Duration value) {
        return new LuaLimits(steps, value, wallTime, memoryBytes, outputCharacters, callDepth);
    }

    /** Returns the same limits with another wall time. */
    public LuaLimits withWallTime(Duration value) {
        return new LuaLimits(steps, cpuTime, value, memoryBytes, outputCharacters, callDepth);
    }

    /** Returns the same limits with another memory size. */
    public LuaLimits withMemoryBytes(long value) {
        return new LuaLimits(steps, cpuTime, wallTime, value, outputCharacters, callDepth);
    }

    /** Returns the same limits with another number of characters. */
    public LuaLimits withOutputCharacters(long value) {
        return new LuaLimits(steps, cpuTime, wallTime, memoryBytes, value, callDepth);
    }

    /** Returns the same limits with another depth of the stack. */
    public LuaLimits withCallDepth(int value) {
        return new LuaLimits(steps, cpuTime, wallTime, memoryBytes, outputCharacters, value);
    }
}
