package io.quarkiverse.posthog.lua.engine.interpreter;

import java.util.Arrays;

import io.quarkiverse.posthog.lua.engine.LuaError;
import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaLimitException;
import io.quarkiverse.posthog.lua.engine.LuaLimits;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.tree.MethodCallExpression;

/**
 * The call stack of a state, and the counters of its limits.
 *
 * <p>
 * Memory: {@link #allocate} is called before an object is created. The counter is never below the size of the objects in use,
 * because
 * only a computation of the memory in use subtracts garbage. It starts from the roots: the global variables, the metatable of
 * strings,
 * the slots and arguments of all frames, and the values that Java functions {@link #keep}. So each value that is used after the
 * next
 * allocation or call must be reachable from a root: an expression puts it into a slot of its frame, and a Java function keeps
 * it.
 */
public final class Execution {

    /** The number of steps between two checks of the time. */
    private static final int INTERVAL = 4096;
    private static final int MAX_NATIVE_DEPTH = 195;
    private static final int NATIVE_WEIGHT = 20;
    /**
     * A computation of the memory in use must leave this part of the limit free, otherwise the next one would follow too soon.
     */
    private static final int MINIMUM_FREE = 8;
    private static final int MAX_TRACEBACK = 20;

    /** The state, for calls of Java functions. */
    public final LuaState state;
    /** The table of the global variables. */
    public final LuaTable globals;
    private final TimeLimits time;
    private final long memoryLimit;
    private final int maxDepth;
    private LuaTable stringMetatable;

    private int countdown = INTERVAL;
    private int started = INTERVAL;
    private long stepsLeft;
    private final long stepLimit;

    private long heapBytes;
    private long stackBytes;
    private long peakBytes;
    private int epoch;

    private Frame current;
    private int depth;
    private int nativeDepth;
    private Object[] kept = new Object[32];
    private int keptCount;

    /** Creates the execution of a state. */
    public Execution(LuaState state, LuaLimits limits, TimeLimits time) {
        this.state = state;
        this.time = time;
        this.memoryLimit = limits.memoryBytes();
        this.maxDepth = limits.callDepth();
        this.stepLimit = limits.steps();
        this.stepsLeft = limits.steps();
        startInterval();
        this.globals = newTable();
    }

    /** Returns the metatable of all strings, or null. */
    public LuaTable stringMetatable() {
        return stringMetatable;
    }

    /** Sets the metatable of all strings. */
    public void setStringMetatable(LuaTable metatable) {
        stringMetatable = metatable;
    }

    // Steps

    /** Counts steps, and checks all limits but the memory from time to time. */
    public void steps(int number) {
        if ((countdown -= number) < 0) {
            checkpoint();
        }
    }

    /** Counts steps for a number of bytes that a library function processes. */
    public void stepsForBytes(long bytes) {
        steps((int) Math.min(Integer.MAX_VALUE / 2, bytes >> 4));
    }

    /** Counts steps without a check. */
    public void count(int number) {
        countdown -= number;
    }

    /** Returns the number of steps so far. */
    public long stepsUsed() {
        return stepLimit - stepsLeft + started - countdown;
    }

    private void checkpoint() {
        stepsLeft -= (long) started - countdown;
        startInterval();
        if (stepsLeft <= 0) {
            throw limit(LuaLimitException.Kind.STEPS, "The script exceeded its limit of " + stepLimit + " steps.");
        }
        time.check(this);
    }

    private void startInterval() {
        started = (int) Math.max(0, Math.min(INTERVAL, stepsLeft));
        countdown = started;
    }

    // Memory

    /** Charges an object that is about to be created. */
    public void allocate(long bytes) {
        if ((heapBytes += bytes) + stackBytes > memoryLimit) {
            collect(bytes);
        }
    }

    /** Gives back an object that is certainly not used any more. */
    public void release(long bytes) {
        heapBytes -= bytes;
    }

    /** Returns the largest memory in use, at most the limit, including garbage that was not subtracted yet. */
    public long peakBytes() {
        return Math.max(peakBytes, heapBytes + stackBytes);
    }

    private void collect(long pending) {
        peakBytes = Math.max(peakBytes, Math.min(memoryLimit, heapBytes + stackBytes - pending));
        MemoryWalk walk = new MemoryWalk(++epoch);
        walk.visit(globals);
        walk.visit(stringMetatable);
        for (int i = 0; i < keptCount; i++) {
            walk.visit(kept[i]);
        }
        for (Frame frame = current; frame != null; frame = frame.caller) {
            walk.visitFrame(frame);
        }
        long live = walk.total() + Sizes.array(kept.length) + state.chunkBytes();
        heapBytes = live;
        if (live + stackBytes + pending > memoryLimit - memoryLimit / MINIMUM_FREE) {
            throw limit(LuaLimitException.Kind.MEMORY, "The script exceeded its memory limit of " + memoryLimit + " bytes: "
                    + (live + stackBytes) + " bytes are in use and it needs " + pending + " more.");
        }
        heapBytes = live + pending;
    }

    /** Keeps a value in memory that only Java variables hold. Returns the number for {@link #forget}. */
    public int keep(Object value) {
        if (keptCount == kept.length) {
            allocate(Sizes.array(keptCount));
            kept = Arrays.copyOf(kept, keptCount * 2);
        }
        kept[keptCount] = value;
        return keptCount++;
    }

    /** Returns the number of values that are kept. */
    public int kept() {
        return keptCount;
    }

    /** Forgets the values that were kept since then. */
    public void forget(int number) {
        while (keptCount > number) {
            kept[--keptCount] = null;
        }
    }

    /** Creates a table. */
    public LuaTable newTable() {
        allocate(Sizes.TABLE);
        return new LuaTable(this);
    }

    /** Charges a string that was, or is about to be, created. */
    public String charged(String string) {
        allocate(Sizes.string(string.length()));
        return string;
    }

    /** Returns a part of a string. */
    public String substring(String string, int from, int to) {
        if (from == 0 && to == string.length()) {
            return string;
        }
        allocate(Sizes.string(to - from));
        stepsForBytes(to - from);
        return string.substring(from, to);
    }

    /** Copies values. */
    public Object[] copy(Object[] values, int from, int to) {
        if (to - from > 8) {
            allocate(Sizes.slots(to - from));
            steps(to - from >> 3);
        }
        return Arrays.copyOfRange(values, from, to);
    }

    /** Creates an array of values. */
    public Object[] newArray(int length) {
        if (length > 8) {
            allocate(Sizes.slots(length));
            steps(length >> 3);
        }
        return new Object[length];
    }

    // Calls

    void enter(Frame frame, Prototype code) {
        if ((depth += code.weight) > maxDepth) {
            throw error("stack overflow");
        }
        frame.caller = current;
        current = frame;
        if ((stackBytes += code.frameBytes) + heapBytes > memoryLimit) {
            collect(0);
        }
        if (--countdown < 0) {
            checkpoint();
        }
    }

    void leave(Frame frame, Prototype code) {
        current = frame.caller;
        depth -= code.weight;
        stackBytes -= code.frameBytes;
    }

    /** Calls a function from Java code, which is visible as a level of its own. */
    public Object call(LuaFunction function, Object... arguments) {
        Frame marker = new Frame(this);
        enterNative(marker);
        Object results = switch (arguments.length) {
            case 1 -> function.call(state, arguments[0]);
            case 2 -> function.call(state, arguments[0], arguments[1]);
            default -> function.call(state, arguments);
        };
        leaveNative(marker);
        return results;
    }

    private void enterNative(Frame marker) {
        depth += NATIVE_WEIGHT;
        if (++nativeDepth > MAX_NATIVE_DEPTH || depth > maxDepth) {
            throw error("stack overflow");
        }
        stackBytes += Sizes.FRAME;
        marker.caller = current;
        current = marker;
        steps(1);
    }

    private void leaveNative(Frame marker) {
        current = marker.caller;
        nativeDepth--;
        depth -= NATIVE_WEIGHT;
        stackBytes -= Sizes.FRAME;
    }

    /** Adds to the depth of the stack, and subtracts from it again. */
    void deepen(int weight) {
        depth += weight;
    }

    /** Returns the innermost frame. */
    public Frame current() {
        return current;
    }

    /** The height of the stack, to return to it after an error. */
    public record Height(Frame frame, int depth, int nativeDepth, long stackBytes, int kept) {
    }

    /** Returns the height of the stack. */
    public Height height() {
        return new Height(current, depth, nativeDepth, stackBytes, keptCount);
    }

    /** Returns to a height of the stack. */
    public void unwind(Height height) {
        current = height.frame;
        depth = height.depth;
        nativeDepth = height.nativeDepth;
        stackBytes = height.stackBytes;
        forget(height.kept);
    }

    // Errors

    /** Returns an error whose message has the position of the innermost function of the script. */
    public LuaError error(String message) {
        return raise(charged(position(1) + message));
    }

    /** Returns an error with any value. */
    public LuaError raise(Object value) {
        steps(10);
        return new LuaError(value, traceback());
    }

    /** Returns the error for a wrong argument. In a call of a method, the object is not counted. */
    public LuaError argumentError(String function, int number, String message) {
        int counted = number;
        if (current != null && current.site instanceof MethodCallExpression) {
            counted--;
            if (counted == 0) {
                return error("calling '" + function + "' on bad self (" + message + ")");
            }
        }
        return error("bad argument #" + counted + " to '" + function + "' (" + message + ")");
    }

    /** Checks the time limits now. */
    public void check() {
        time.check(this);
    }

    /** Returns the position of the function at a level, or an empty string: 1 is the function that called. */
    public String position(int level) {
        Frame frame = current;
        for (int i = 1; i < level && frame != null; i++) {
            frame = frame.caller;
        }
        return frame == null ? "" : frame.position();
    }

    /** Returns the active functions, the innermost first. */
    public String traceback() {
        StringBuilder text = new StringBuilder();
        int lines = 0;
        for (Frame frame = current; frame != null && lines < MAX_TRACEBACK; frame = frame.caller) {
            if (frame.closure != null && frame.site != null) {
                Prototype code = frame.closure.prototype;
                text.append(frame.position()).append("in ").append(code.name == null ? "a function" : code.name).append('\n');
                lines++;
            }
        }
        return text.toString();
    }

    /** Returns the exception for a limit. */
    public LuaLimitException limit(LuaLimitException.Kind kind, String message) {
        return new LuaLimitException(kind, message, traceback());
    }
}
