package io.quarkiverse.posthog.lua.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.lua.engine.interpreter.Execution;

/**
 * Runs random programs. The system property {@code lua.random-scripts} sets how many there are, and
 * {@code lua.random-scripts.first} the number of the first one.
 */
@Tag("LUA-6")
@Tag("LUA-12")
class RandomScriptsTest {

    private static final long CPU_MILLIS = 10;
    /** The time between two checks, when the code is not compiled yet. */
    private static final long MARGIN_MILLIS = 150;
    private static final long MEMORY = 2 << 20;

    @Test
    void randomScriptsStayWithinTheirLimits() {
        long first = Long.getLong("lua.random-scripts.first", 0);
        long completed = 0;
        long count = Long.getLong("lua.random-scripts", 200);
        for (long seed = first; seed < first + count; seed++) {
            String source = new RandomScript(seed).create();
            try {
                completed += run(source) ? 1 : 0;
            } catch (Throwable e) {
                fail("Script " + seed + ":\n" + source, e);
            }
        }
        // The programs do not only fail
        assertThat(completed).isGreaterThan(count / 20);
    }

    /** Returns whether the program ended without an error. */
    private static boolean run(String source) {
        LuaState state = Scripts.state(Scripts.cpu(CPU_MILLIS).withMemoryBytes(MEMORY));
        LuaChunk chunk = LuaCompiler.compile(source, "script");
        boolean completed = false;
        try {
            state.run(chunk, 1L, "x");
            completed = true;
        } catch (LuaError | LuaLimitException e) {
            assertThat(state.execution().current()).isNull();
        }
        assertThat(state.execution().kept()).isZero();
        assertThat(state.cpuTime()).isLessThan(Duration.ofMillis(CPU_MILLIS + MARGIN_MILLIS));
        checkMemory(state);
        return completed;
    }

    private static void checkMemory(LuaState state) {
        Execution execution = state.execution();
        long counted = execution.heapBytes();
        long reachable = execution.reachableBytes() - state.chunkBytes();
        long real = JavaHeap.bytes(state.globals(), state.stringMetatable());
        // The constants of the chunk are a part of its size, and of the reachable memory if a variable has them
        assertThat(counted).as("the counter").isGreaterThanOrEqualTo(Math.max(reachable, real));
        assertThat(reachable).as("the computed memory").isBetween(real, 6 * real);
        assertThat(real).isLessThan(2 * MEMORY);
    }
}
