package io.quarkiverse.posthog.lua.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs hostile scripts. With the system property {@code lua.long-limits}, they get more time and memory. */
@Tag("LUA-6")
@Tag("LUA-12")
class LimitsTest {

    private static final boolean LONG = Boolean.getBoolean("lua.long-limits");
    private static final long CPU_MILLIS = LONG ? 100 : 20;

    static Stream<Map.Entry<String, String>> endless() {
        return HostileScripts.time().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("endless")
    void everyScriptIsStoppedSoon(Map.Entry<String, String> script) {
        LuaState state = Scripts.state(Scripts.cpu(CPU_MILLIS).withMemoryBytes(64 << 20));
        Throwable failure = Scripts.failure(state, script.getValue());
        // Some of the scripts end by an error or need too much memory before they exceed the time: also an end
        assertThat(state.cpuTime()).isLessThan(Duration.ofMillis(CPU_MILLIS + 200));
        if (failure instanceof LuaLimitException limit) {
            assertThat(limit.kind()).isIn(LuaLimitException.Kind.CPU, LuaLimitException.Kind.MEMORY);
        } else {
            assertThat(state.cpuTime()).isLessThan(Duration.ofMillis(CPU_MILLIS + 10));
        }
    }

    @ParameterizedTest
    @MethodSource("endless")
    void everyScriptExceedsItsSteps(Map.Entry<String, String> script) {
        int steps = LONG ? 300_000 : 30_000;
        LuaState state = Scripts.state(LuaLimits.DEFAULT.withSteps(steps).withOutputCharacters(1L << 40));
        Scripts.failure(state, script.getValue());
        // A library function counts the work that it is about to do, at most the size of the memory
        assertThat(state.stepsUsed()).isLessThan(steps + (32 << 20) / 8);
        assertThat(state.cpuTime()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void memoryIsLimitedInASmallHeap() throws Exception {
        String classPath = System.getProperty("java.class.path");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                LONG ? "-Xmx64m" : "-Xmx16m", "-XX:+UseSerialGC", "-cp", classPath, HeapProbe.class.getName(),
                LONG ? "32" : "4").redirectErrorStream(true).redirectOutput(new File("target/heap-probe.txt")).start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as("see target/heap-probe.txt").isZero();
    }

    @Test
    void garbageIsGivenBack() {
        LuaState state = Scripts.state(LuaLimits.DEFAULT.withMemoryBytes(2 << 20));
        assertThat(state.run(LuaCompiler.compile("""
                local total, keep = 0, {}
                for i = 1, 20000 do
                  local rows = {}
                  for j = 1, 10 do rows[j] = {id = j, name = 'row ' .. j .. ' of ' .. i} end
                  total = total + #rows
                  keep[i % 100] = rows[1]
                  local s = ('x'):rep(1000)
                end
                return total""", "script"))).containsExactly(200_000L);
        assertThat(state.peakMemoryBytes()).isLessThanOrEqualTo(2 << 20);
    }

    @Test
    void calculationsNeedNoMemory() {
        LuaState state = Scripts.state(LuaLimits.DEFAULT.withMemoryBytes(100_000));
        assertThat(state
                .run(LuaCompiler.compile("local s = 0.5 for i = 1, 1000000 do s = s + i * 2 - i / 3 end return 1", "script")))
                .containsExactly(1L);
        assertThat(state.peakMemoryBytes()).isLessThan(50_000);
    }

    @Test
    void anExceededLimitCannotBeCaught() {
        for (String body : new String[] { "while true do end", "local s = 'x' while true do s = s .. s end",
                "print(('x'):rep(100))" }) {
            LuaState state = Scripts.state(Scripts.cpu(50).withMemoryBytes(1 << 20).withOutputCharacters(10));
            String source = "xpcall(function() while true do local ok, e = pcall(function() " + body
                    + " end) end end, print) return 'survived'";
            assertThat(Scripts.failure(state, source)).isInstanceOf(LuaLimitException.class);
        }
    }

    @Test
    void printedTextIsLimited() {
        StringBuilder output = new StringBuilder();
        LuaState state = new LuaState(LuaLimits.DEFAULT.withOutputCharacters(10), output::append, Scripts.CLOCK);
        LuaLimitException failure = (LuaLimitException) Scripts.failure(state, "while true do print('abc') end");
        assertThat(failure.kind()).isEqualTo(LuaLimitException.Kind.OUTPUT);
        assertThat(output).hasToString("abc\nabc\n");
    }

    @Test
    @Tag("LUA-8")
    void anotherThreadCanCancel() throws Exception {
        LuaState state = Scripts.state(Scripts.cpu(60_000));
        Thread canceller = new Thread(() -> {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            state.cancel();
        });
        canceller.start();
        LuaLimitException failure = (LuaLimitException) Scripts.failure(state,
                "while true do pcall(function() while true do end end) end");
        canceller.join();
        assertThat(failure.kind()).isEqualTo(LuaLimitException.Kind.CANCELLED);
        assertThat(failure.traceback()).contains("main chunk");
    }

    @Test
    void theDeadlineIsObserved() {
        LuaState state = Scripts.state(Scripts.cpu(60_000).withWallTime(Duration.ofMillis(50)));
        LuaLimitException failure = (LuaLimitException) Scripts.failure(state, "while true do end");
        assertThat(failure.kind()).isEqualTo(LuaLimitException.Kind.DEADLINE);
    }

    @Test
    void textOfAnErrorIsLimited() {
        LuaState state = Scripts.state(Scripts.cpu(50));
        LuaError failure = (LuaError) Scripts.failure(state,
                "error(setmetatable({}, {__tostring = function() while true do end end, __index = function() while true do end end}))");
        for (Runnable use : new Runnable[] { () -> state.tostring(failure.value()), () -> state.index(failure.value(), "x") }) {
            assertThatThrownBy(use::run).isInstanceOfSatisfying(LuaLimitException.class,
                    e -> assertThat(e.kind()).isEqualTo(LuaLimitException.Kind.CPU));
        }
        assertThat(state.cpuTime()).isLessThan(Duration.ofMillis(250));
    }

    @Test
    void largeSourcesAreCompiledSoon() {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < 12_000; i++) {
            labels.append("::l").append(i).append("::goto l").append(i).append('\n');
        }
        StringBuilder scopes = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            scopes.append("local ");
            for (int j = 0; j < 150; j++) {
                scopes.append(j == 0 ? "" : ",").append((char) ('a' + j / 26)).append((char) ('a' + j % 26)).append('_');
            }
            scopes.append(" return function() ");
        }
        scopes.append("ZZ_() ".repeat(30_000)).append(" end".repeat(60));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (String source : new String[] { labels.toString(), scopes.toString() }) {
            long start = threads.getCurrentThreadCpuTime();
            LuaCompiler.compile(source, "script");
            assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofMillis(800));
        }
    }

    @Test
    void messagesDoNotContainLongNames() {
        String name = "x".repeat(100_000);
        LuaState state = Scripts.state();
        for (String source : new String[] { name + "()", "local t = {} t." + name + "()", "local t = {} t:" + name + "()",
                "local " + name + " " + name + "()", "(nil)." + name + "." + name + "()" }) {
            assertThat(Scripts.failure(state, source).getMessage()).hasSizeLessThan(300);
        }
        LuaError failure = (LuaError) Scripts.failure(state, "function " + name + "() error('x') end " + name + "()");
        assertThat(failure.traceback()).hasSizeLessThan(300);
        assertThatThrownBy(() -> LuaCompiler.compile("x = 1" + name, "script")).isInstanceOf(LuaSyntaxException.class)
                .message().hasSizeLessThan(300);
    }

    @Test
    void deepRecursionFitsIntoASmallStack() throws Exception {
        String[] sources = { "local function f() return 1 + f() end return pcall(f)",
                "local t = setmetatable({}, {__add = function(a, b) return 1 + (a + b) end}) return pcall(function() return t + t end)",
                "local function f() return ('x'):gsub('x', f) end return pcall(f)",
                "local function f() table.sort({1, 2}, f) end return pcall(f)",
                "local function f() return " + "1 + (".repeat(80) + "f()" + ")".repeat(80) + " end return pcall(f)" };
        for (String source : sources) {
            Object[][] results = new Object[1][];
            Thread thread = new Thread(null, () -> results[0] = Scripts.state(LuaLimits.DEFAULT.withCallDepth(2000))
                    .run(LuaCompiler.compile(source, "script")), "small", 512 << 10);
            thread.start();
            thread.join();
            assertThat(results[0]).as(source).startsWith(false);
            assertThat((String) results[0][1]).endsWith("stack overflow");
        }
    }

    @Test
    void anOverflowOfTheJavaStackIsAnError() throws Exception {
        Object[][] results = new Object[1][];
        Thread thread = new Thread(null, () -> results[0] = Scripts.state(LuaLimits.DEFAULT.withCallDepth(Integer.MAX_VALUE))
                .run(LuaCompiler.compile("local function f() return 1 + f() end local ok, e = pcall(f) return ok, e, 1 + 1",
                        "script")),
                "small", 256 << 10);
        thread.start();
        thread.join();
        assertThat(results[0]).startsWith(false).endsWith(2L);
        assertThat((String) results[0][1]).endsWith("stack overflow");
    }
}
