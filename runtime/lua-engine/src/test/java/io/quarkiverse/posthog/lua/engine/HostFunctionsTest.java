package io.quarkiverse.posthog.lua.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class HostFunctionsTest {

    private final LuaState state = Scripts.state();

    private Object[] run(String source) {
        return state.run(LuaCompiler.compile(source, "script"));
    }

    private void define(String name, HostFunction code) {
        state.globals().set(name, state.function(name, code));
    }

    @Test
    void aFunctionGetsArgumentsAndReturnsAnyNumberOfResults() {
        define("swap", (s, a) -> new Object[] { a.get(2), a.get(1) });
        define("none", (s, a) -> LuaFunction.NOTHING);
        define("sum", (s, a) -> a.integer(1) + a.integer(2, 10));
        assertThat(run("return swap(1, 'x')")).containsExactly("x", 1L);
        assertThat(run("return select('#', none()), sum(1), sum('2', 3)")).containsExactly(0L, 11L, 5L);
    }

    @Test
    void argumentErrorsNameTheFunction() {
        define("load_flag", (s, a) -> a.table(1));
        assertThatThrownBy(() -> run("\nload_flag('x')")).isInstanceOf(LuaError.class)
                .hasMessage("script:2: bad argument #1 to 'load_flag' (table expected, got string)");
    }

    @Test
    void aTableCanBeAnErrorWithText() {
        define("fail", (s, a) -> {
            LuaTable error = s.newTable();
            error.set("status", 429L);
            LuaTable metatable = s.newTable();
            metatable.set("__tostring", s.function("text", (t, b) -> "rate limited"));
            error.setMetatable(metatable);
            throw s.raise(error);
        });
        assertThat(run("local ok, e = pcall(fail) return ok, e.status, tostring(e)")).containsExactly(false, 429L,
                "rate limited");
        assertThatThrownBy(() -> run("fail()")).isInstanceOfSatisfying(LuaError.class, e -> {
            assertThat(state.tostring(e.value())).isEqualTo("rate limited");
            assertThat(e.traceback()).isEqualTo("script:1: in main chunk\n");
        });
    }

    @Test
    void aFunctionCanCallTheScript() {
        define("twice", (s, a) -> s.call(a.function(1), s.call(a.function(1), a.get(2))));
        assertThat(run("return twice(function(x) return x * 3 end, 2)")).containsExactly(18L);
        assertThatThrownBy(() -> run("twice(function() error('inner') end)")).hasMessage("script:1: inner");
        assertThat(run("return pcall(twice, function() error('inner', 0) end)")).containsExactly(false, "inner");
    }

    @Test
    void closuresCanBeCalledAfterTheRun() {
        LuaFunction function = (LuaFunction) run("local n = 0 return function() n = n + 1 return n end")[0];
        assertThat(state.call(function)).containsExactly(1L);
        assertThat(state.call(function)).containsExactly(2L);
    }

    @Test
    void blockingCallsUseNoCpuTimeAndPausesMoveTheDeadline() {
        AtomicLong cpu = new AtomicLong();
        AtomicLong wall = new AtomicLong();
        LuaLimits limits = LuaLimits.DEFAULT.withCpuTime(Duration.ofSeconds(1)).withWallTime(Duration.ofSeconds(10));
        LuaState timed = new LuaState(limits, text -> {
        }, Scripts.CLOCK, cpu::get, wall::get);
        long seconds = 1_000_000_000L;
        timed.globals().set("request", timed.function("request", (s, a) -> wait(s, false, () -> {
            cpu.addAndGet(5 * seconds);
            wall.addAndGet(4 * seconds);
        })));
        timed.globals().set("ask", timed.function("ask", (s, a) -> wait(s, true, () -> {
            cpu.addAndGet(5 * seconds);
            wall.addAndGet(600 * seconds);
        })));
        LuaChunk once = LuaCompiler.compile("ask() request() ask() request() ask()", "script");
        timed.run(once);
        assertThat(timed.remainingTime()).isEqualTo(Duration.ofSeconds(2));
        assertThat(timed.cpuTime()).isZero();
        assertThatThrownBy(() -> timed.run(LuaCompiler.compile("pcall(request)", "script"))).isInstanceOfSatisfying(
                LuaLimitException.class,
                e -> assertThat(e.kind()).isEqualTo(LuaLimitException.Kind.DEADLINE));
    }

    private static Object wait(LuaState state, boolean paused, Runnable code) {
        try {
            return paused ? state.paused(() -> {
                code.run();
                return null;
            }) : state.blocking(() -> {
                code.run();
                return null;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
