package io.quarkiverse.posthog.benchmarks.lua;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.quarkiverse.posthog.lua.engine.LuaChunk;
import io.quarkiverse.posthog.lua.engine.LuaCompiler;
import io.quarkiverse.posthog.lua.engine.LuaLimits;
import io.quarkiverse.posthog.lua.engine.LuaState;

/** Measures scripts, which return a number. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx1g")
@State(Scope.Benchmark)
public class LuaBenchmark {

    /** Limits that the scripts do not exceed. */
    private static final LuaLimits LIMITS = LuaLimits.DEFAULT.withSteps(Long.MAX_VALUE / 2).withCpuTime(Duration.ofHours(1))
            .withWallTime(Duration.ofHours(1)).withMemoryBytes(64 << 20);

    /** The name of the script. */
    @Param({ "fib", "loops", "tables", "strings", "objects" })
    public String script;

    private LuaChunk chunk;
    private LuaValue function;

    @Setup
    public void load() throws IOException {
        String source;
        try (InputStream stream = LuaBenchmark.class.getResourceAsStream("/lua/" + script + ".lua")) {
            source = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        chunk = LuaCompiler.compile(source, script);
        function = JsePlatform.standardGlobals().load(source, script);
        double expected = luaj();
        // luaj computes integers with 32 bits, and everything else as double
        if (Math.abs(engine() - expected) > Math.abs(expected) * 1e-9) {
            throw new IllegalStateException("The results of " + script + " differ");
        }
    }

    @Benchmark
    public double engine() {
        LuaState state = new LuaState(LIMITS, text -> {
        }, InstantSource.system());
        return ((Number) state.run(chunk)[0]).doubleValue();
    }

    @Benchmark
    public double luaj() {
        return function.call().todouble();
    }
}
