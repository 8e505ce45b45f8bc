package io.quarkiverse.posthog.runtime.lua;

import java.time.Duration;

import io.quarkiverse.posthog.lua.ScriptOptions;
import io.quarkiverse.posthog.runtime.functions.result.ResultLimits;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * The validated limits of scripts.
 *
 * @param memory the maximum memory of a script in bytes
 * @param time the maximum time of a script, including its calls
 * @param totalMemory the maximum memory in bytes of all scripts that run at the same time
 */
record ScriptLimits(Duration cpu, long memory, Duration time, int calls, int outputCharacters, int sourceCharacters,
        int resultCharacters, int maxConcurrent, int maxWaiting, long totalMemory) {

    private static final String PREFIX = LuaConfig.PREFIX + ".limits.";

    private static final long MIN_MEMORY = 1 << 20;

    private static final Duration MAX_TIME = Duration.ofHours(24);

    /** The part of the heap that scripts can use by default. */
    private static final int HEAP_PART = 4;

    /**
     * @param maxThreads the maximum number of worker threads
     * @throws ConfigurationException if a limit is invalid, with its name
     */
    static ScriptLimits of(LuaConfig.Limits config, long maxHeap, int maxThreads) {
        check(isValid(config.cpu()), "cpu", "positive and at most 24 hours", config.cpu());
        check(isValid(config.time()), "time", "positive and at most 24 hours", config.time());
        check(config.calls() >= 0, "calls", "at least 0", config.calls());
        check(config.outputChars() >= 1, "output-chars", "at least 1", config.outputChars());
        check(config.sourceChars() >= 1, "source-chars", "at least 1", config.sourceChars());
        check(config.resultChars() >= ResultLimits.MIN_CHARACTERS, "result-chars", "at least " + ResultLimits.MIN_CHARACTERS,
                config.resultChars());
        check(config.maxConcurrent() >= 1 && config.maxConcurrent() < maxThreads, "max-concurrent",
                "from 1 to " + (maxThreads - 1) + ", because each script uses one of the " + maxThreads
                        + " worker threads (quarkus.thread-pool.max-threads)",
                config.maxConcurrent());
        check(config.maxWaiting() >= 0, "max-waiting", "at least 0", config.maxWaiting());
        long memory = config.memory().asLongValue();
        check(memory >= MIN_MEMORY, "memory", "at least 1M", memory);
        long total = config.totalMemory().map(size -> size.asLongValue()).orElse(maxHeap / HEAP_PART);
        if (config.totalMemory().isPresent()) {
            check(total >= memory, "total-memory", "at least " + PREFIX + "memory (" + memory + ")", total);
        }
        return new ScriptLimits(config.cpu(), Math.min(memory, total), config.time(), config.calls(), config.outputChars(),
                config.sourceChars(), config.resultChars(), config.maxConcurrent(), config.maxWaiting(), total);
    }

    private static boolean isValid(Duration limit) {
        return !limit.isNegative() && !limit.isZero() && limit.compareTo(MAX_TIME) <= 0;
    }

    private static void check(boolean valid, String property, String expected, Object value) {
        if (!valid) {
            throw new ConfigurationException(PREFIX + property + " must be " + expected + ", but is " + value);
        }
    }

    /**
     * Returns the limits of a run.
     *
     * @throws IllegalArgumentException if the options exceed the configuration
     */
    ScriptLimits with(ScriptOptions options) {
        if (options.cpuLimit() != null && options.cpuLimit().compareTo(cpu) > 0) {
            throw new IllegalArgumentException("cpu_limit must be at most " + cpu.toMillis() / 1000.0 + " seconds ("
                    + PREFIX + "cpu), but is " + options.cpuLimit().toMillis() / 1000.0);
        }
        if (options.memoryLimit() != null && options.memoryLimit() > memory) {
            throw new IllegalArgumentException("memory_limit must be at most " + memory + " bytes (" + PREFIX
                    + "memory), but is " + options.memoryLimit());
        }
        return new ScriptLimits(options.cpuLimit() == null ? cpu : options.cpuLimit(),
                options.memoryLimit() == null ? memory : options.memoryLimit(), time, calls, outputCharacters, sourceCharacters,
                resultCharacters, maxConcurrent, maxWaiting, totalMemory);
    }
}
