package io.quarkiverse.posthog.benchmarks.lua;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleSupplier;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

import io.quarkiverse.posthog.lua.engine.LuaChunk;
import io.quarkiverse.posthog.lua.engine.LuaCompiler;
import io.quarkiverse.posthog.lua.engine.LuaLimits;
import io.quarkiverse.posthog.lua.engine.LuaState;

/**
 * Runs a script with the interpreter and with luaj in turn, and measures the CPU time of the thread, which other processes
 * hardly change. The script returns a number.
 */
final class LuaRuns {

    private static final int ROUNDS = 21;
    private static final long WARM_UP_NANOS = 3_000_000_000L;

    /** Limits that the scripts do not exceed. */
    private static final LuaLimits LIMITS = LuaLimits.DEFAULT.withSteps(Long.MAX_VALUE / 2).withCpuTime(Duration.ofHours(1))
            .withWallTime(Duration.ofHours(1)).withMemoryBytes(64 << 20);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final String script;
    private final LuaChunk chunk;
    private final LuaValue function;

    private LuaRuns(String script) throws IOException {
        String source;
        try (InputStream stream = LuaRuns.class.getResourceAsStream("/lua/" + script + ".lua")) {
            source = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        this.script = script;
        this.chunk = LuaCompiler.compile(source, script);
        this.function = JsePlatform.standardGlobals().load(source, script);
    }

    /** Measures the scripts that the arguments name, one after the other, and prints a line with the ratio for each. */
    public static void main(String[] scripts) throws IOException {
        for (String script : scripts) {
            new LuaRuns(script).measure();
        }
    }

    private void measure() {
        double expected = luaj();
        // luaj computes integers with 32 bits, and everything else as double
        if (Math.abs(engine() - expected) > Math.abs(expected) * 1e-9) {
            throw new IllegalStateException("The results of " + script + " differ");
        }
        for (long used = 0; used < 2 * WARM_UP_NANOS;) {
            used += cpuNanos(this::engine) + cpuNanos(this::luaj);
        }
        double[] engine = new double[ROUNDS];
        double[] luaj = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            engine[i] = cpuNanos(this::engine) / 1e6;
            luaj[i] = cpuNanos(this::luaj) / 1e6;
            ratios[i] = engine[i] / luaj[i];
        }
        System.out.printf(Locale.ROOT, "%-8s %8.1f ms, luaj %8.1f ms, ratio %.2f%n", script, median(engine), median(luaj),
                median(ratios));
    }

    private long cpuNanos(DoubleSupplier run) {
        long start = threads.getCurrentThreadCpuTime();
        run.getAsDouble();
        return threads.getCurrentThreadCpuTime() - start;
    }

    private double engine() {
        LuaState state = new LuaState(LIMITS, text -> {
        }, InstantSource.system());
        return ((Number) state.run(chunk)[0]).doubleValue();
    }

    private double luaj() {
        return function.call().todouble();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
