package io.quarkiverse.posthog.lua.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.quarkiverse.posthog.lua.engine.interpreter.CpuClock;
import io.quarkiverse.posthog.lua.engine.interpreter.Execution;
import io.quarkiverse.posthog.lua.engine.interpreter.LuaClosure;
import io.quarkiverse.posthog.lua.engine.interpreter.TableAccess;
import io.quarkiverse.posthog.lua.engine.interpreter.TimeLimits;
import io.quarkiverse.posthog.lua.engine.library.Libraries;
import io.quarkiverse.posthog.lua.engine.library.TextConversion;

/**
 * An environment in which scripts run: global variables, the metatable of strings, limits and output. States share nothing. One
 * thread at a time can use a state; only {@link #cancel()} can be called from any thread.
 */
public final class LuaState {

    private final LuaOutput output;
    private final InstantSource clock;
    private final LuaLimits limits;
    private final TimeLimits time;
    private final Execution execution;
    private long chunkBytes;
    private long outputCharacters;

    /** Creates a state with the standard libraries, which uses the CPU clock of the thread that runs it. */
    public LuaState(LuaLimits limits, LuaOutput output, InstantSource clock) {
        this(limits, output, clock, new CpuClock(), System::nanoTime);
    }

    /**
     * Creates a state with the standard libraries.
     *
     * @param limits the limits
     * @param output receives what the script prints
     * @param clock the time for {@code os.time} and {@code os.date}
     * @param cpuClock returns the CPU time of the current thread, in nanoseconds
     * @param wallClock returns the time for the deadline, in nanoseconds
     */
    public LuaState(LuaLimits limits, LuaOutput output, InstantSource clock, LongSupplier cpuClock, LongSupplier wallClock) {
        this.limits = limits;
        this.output = output;
        this.clock = clock;
        this.time = new TimeLimits(limits, cpuClock, wallClock);
        this.execution = new Execution(this, limits, time);
        Libraries.install(this);
        execution.recount();
    }

    /** Returns the table of the global variables. */
    public LuaTable globals() {
        return execution.globals;
    }

    /**
     * Runs a chunk and returns its results.
     *
     * @throws LuaError if the script raises an error
     * @throws LuaLimitException if the script exceeds a limit, or is cancelled
     */
    public Object[] run(LuaChunk chunk, Object... arguments) {
        chunkBytes += chunk.estimatedBytes();
        execution.allocate(chunk.estimatedBytes());
        return call(LuaClosure.main(execution, chunk.main()), arguments);
    }

    /** Calls a function from Java code, inside or outside of a run. */
    public Object[] call(LuaFunction function, Object... arguments) {
        return LuaFunction.all(limited(() -> execution.call(function, arguments)));
    }

    /** Runs code that can call the script. Afterwards the stack has the same height, also if Java code catches an error. */
    private <T> T limited(Supplier<T> code) {
        Execution.Height height = execution.height();
        boolean running = time.running();
        if (!running) {
            time.start();
        }
        try {
            time.check(execution);
            return code.get();
        } catch (StackOverflowError e) {
            execution.unwind(height);
            throw execution.error("stack overflow");
        } finally {
            execution.unwind(height);
            if (!running) {
                time.stop();
            }
        }
    }

    /**
     * Stops the script at its next check, usually within a millisecond. Any thread can call this. A host function is not
     * stopped.
     */
    public void cancel() {
        time.cancel();
    }

    // Values

    /** Creates an empty table. If a host function creates it, it is kept as if by {@link #keep}. */
    public LuaTable newTable() {
        LuaTable table = execution.newTable();
        if (time.running()) {
            execution.keep(table);
        }
        return table;
    }

    /** Converts Java text to a Lua string, and charges its memory. */
    public String string(String text) {
        return execution.charged(LuaStrings.fromJava(text));
    }

    /** Creates a function from Java code. The name is for error messages. */
    public LuaFunction function(String name, HostFunction code) {
        return new JavaFunction(name, code);
    }

    /** Returns a field of a value, with metamethods. */
    public Object index(Object value, Object key) {
        return value instanceof LuaTable table && table.metatable() == null ? table.get(key)
                : limited(() -> TableAccess.index(execution, value, key, null));
    }

    /** Converts a value to a Lua string as the function {@code tostring} does. */
    public String tostring(Object value) {
        // Only a table can have a metamethod, whose time is limited
        return value instanceof LuaTable ? limited(() -> TextConversion.toText(execution, value))
                : TextConversion.toText(execution, value);
    }

    /** Returns the metatable of all strings. */
    public LuaTable stringMetatable() {
        return execution.stringMetatable();
    }

    // For host functions

    /** Returns an error whose message starts with the position of the script. */
    public LuaError error(String message) {
        return execution.error(LuaStrings.fromJava(message));
    }

    /** Returns an error with any value, with a traceback. */
    public LuaError raise(Object value) {
        return execution.raise(value);
    }

    /** Returns the error for a wrong argument of a function. */
    public LuaError argumentError(String function, int number, String message) {
        return execution.argumentError(function, number, message);
    }

    /** Counts steps for work that a host function does, and checks the limits. */
    public void steps(int number) {
        execution.steps(number);
    }

    /** Charges memory that a host function is about to use for a value of the script. */
    public void allocate(long bytes) {
        execution.allocate(bytes);
    }

    /**
     * Keeps a value in the computation of the memory in use until the current host function returns. Call this for strings that
     * only
     * Java variables hold while the function creates other values or calls the script. The arguments, and the tables that the
     * function
     * creates, are kept anyway.
     */
    public void keep(Object value) {
        execution.keep(value);
    }

    /** Runs Java code whose CPU time does not count, such as a request to a service. The deadline continues. */
    public <T> T blocking(Callable<T> code) throws Exception {
        boolean running = time.running();
        if (running) {
            time.stop();
        }
        try {
            return code.call();
        } finally {
            if (running) {
                time.start();
                execution.check();
            }
        }
    }

    /** Runs Java code during which no clock runs, such as a question to a person. */
    public <T> T paused(Callable<T> code) throws Exception {
        long start = time.now();
        return blocking(() -> {
            try {
                return code.call();
            } finally {
                time.extend(time.now() - start);
            }
        });
    }

    /** Prints text of the script, decoded as UTF-8. */
    public void write(String string) {
        // UTF-8 has at most three bytes for each character
        long minimum = string.length() / 3;
        String text = minimum > limits.outputCharacters() - outputCharacters ? null : LuaStrings.toJava(string);
        outputCharacters += text == null ? minimum : text.length();
        if (text == null || outputCharacters > limits.outputCharacters()) {
            throw execution.limit(LuaLimitException.Kind.OUTPUT,
                    "The script exceeded its limit of " + limits.outputCharacters() + " printed characters.");
        }
        output.write(text);
    }

    // Figures

    /** Returns the clock for dates. */
    public InstantSource clock() {
        return clock;
    }

    /** Returns the CPU time that the scripts have used. */
    public Duration cpuTime() {
        return Duration.ofNanos(time.cpuNanos());
    }

    /** Returns the time until the deadline, at least zero. A host function can use it as the timeout of a request. */
    public Duration remainingTime() {
        return Duration.ofNanos(Math.max(0, time.remainingNanos()));
    }

    /** Returns the number of steps so far. */
    public long stepsUsed() {
        return execution.stepsUsed();
    }

    /** Returns the largest estimate of the memory so far, in bytes. */
    public long peakMemoryBytes() {
        return execution.peakBytes();
    }

    /** Returns the memory of the chunks that were run, for the interpreter. */
    public long chunkBytes() {
        return chunkBytes;
    }

    /** Returns the execution, for the standard libraries. */
    public Execution execution() {
        return execution;
    }
}
