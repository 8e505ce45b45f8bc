package io.quarkiverse.posthog.lua.engine.interpreter;

import io.quarkiverse.posthog.lua.engine.LuaLimitException;
import io.quarkiverse.posthog.lua.engine.LuaLimits;

/** The counters of the steps and the memory of a state. */
public abstract class Budget {

    /** The number of steps between two checks of the time. */
    private static final int INTERVAL = 4096;
    /**
     * A computation of the memory in use must leave this part of the limit free, otherwise the next one would follow too soon.
     */
    private static final int MINIMUM_FREE = 8;

    private final long stepLimit;
    private final long memoryLimit;
    private long stepsLeft;
    private int started;
    private int countdown;
    private long heapBytes;
    private long stackBytes;
    private long peakBytes;

    Budget(LuaLimits limits) {
        this.memoryLimit = limits.memoryBytes();
        this.stepLimit = limits.steps();
        this.stepsLeft = limits.steps();
        startInterval();
    }

    /** Computes the memory in use without the stack. */
    public abstract long reachableBytes();

    /** Checks the time limits now. */
    public abstract void check();

    /** Returns the exception for a limit. */
    public abstract LuaLimitException limit(LuaLimitException.Kind kind, String message);

    /** Counts steps, and checks all limits but the memory from time to time. */
    public final void steps(int number) {
        if ((countdown -= number) < 0) {
            checkpoint();
        }
    }

    /** Counts steps for a number of bytes that a library function processes. */
    public final void stepsForBytes(long bytes) {
        steps((int) Math.min(Integer.MAX_VALUE / 2, bytes >> 4));
    }

    /** Returns the number of steps so far. */
    public final long stepsUsed() {
        return stepLimit - stepsLeft + started - countdown;
    }

    private void checkpoint() {
        stepsLeft -= (long) started - countdown;
        startInterval();
        if (stepsLeft <= 0) {
            throw limit(LuaLimitException.Kind.STEPS, "The script exceeded its limit of " + stepLimit + " steps.");
        }
        check();
    }

    private void startInterval() {
        started = (int) Math.max(0, Math.min(INTERVAL, stepsLeft));
        countdown = started;
    }

    /** Charges an object that is about to be created. */
    public final void allocate(long bytes) {
        if ((heapBytes += bytes) + stackBytes > memoryLimit) {
            collect(bytes);
        }
    }

    /** Gives back an object that is certainly not used any more. */
    public final void release(long bytes) {
        heapBytes -= bytes;
    }

    /** Returns the largest memory in use, at most the limit, including garbage that was not subtracted yet. */
    public final long peakBytes() {
        return Math.max(peakBytes, heapBytes + stackBytes);
    }

    /** Returns the memory in use without the stack, including garbage that was not subtracted yet. */
    public final long heapBytes() {
        return heapBytes;
    }

    /** Sets the memory in use to the size of the reachable objects, for objects that were not charged. */
    public final void recount() {
        heapBytes = reachableBytes();
    }

    final void collect(long pending) {
        peakBytes = Math.max(peakBytes, Math.min(memoryLimit, heapBytes + stackBytes - pending));
        long live = reachableBytes();
        heapBytes = live;
        if (live + stackBytes + pending > memoryLimit - memoryLimit / MINIMUM_FREE) {
            throw limit(LuaLimitException.Kind.MEMORY, "The script exceeded its memory limit of " + memoryLimit + " bytes: "
                    + (live + stackBytes) + " bytes are in use and it needs " + pending + " more.");
        }
        heapBytes = live + pending;
    }

    /** Charges a frame of the stack. */
    final void enterFrame(int bytes) {
        if ((stackBytes += bytes) + heapBytes > memoryLimit) {
            collect(0);
        }
        steps(1);
    }

    /** Gives a frame of the stack back. */
    final void leaveFrame(int bytes) {
        stackBytes -= bytes;
    }

    final long stackBytes() {
        return stackBytes;
    }

    final void setStackBytes(long bytes) {
        stackBytes = bytes;
    }
}
