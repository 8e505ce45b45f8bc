package io.quarkiverse.posthog.lua.engine;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.lua.engine.interpreter.LuaClosure;
import io.quarkiverse.posthog.lua.engine.interpreter.Prototype;
import io.quarkiverse.posthog.lua.engine.parser.Parser;

/**
 * Runs Lua's own tests, in the version of Lua 5.2.2, if the system property {@code lua.tests} is the folder with them. The
 * parts of the
 * language that the engine does not have are left out, see {@link LuaTestExclusions}.
 */
@EnabledIfSystemProperty(named = "lua.tests", matches = ".+")
class LuaSuiteTest {

    @ParameterizedTest
    @ValueSource(strings = { "strings", "math", "nextvar", "sort", "pm", "closure", "calls", "constructs", "events", "vararg",
            "goto", "locals",
            "literals", "errors" })
    void testsOfLuaPass(String name) throws IOException {
        Path file = Path.of(System.getProperty("lua.tests"), name + ".lua");
        String source = LuaTestExclusions.remove(name, LuaStrings.fromBytes(Files.readAllBytes(file)));
        LuaLimits limits = LuaLimits.DEFAULT.withOutputCharacters(10_000_000).withMemoryBytes(256 << 20).withSteps(1L << 40)
                .withCpuTime(Duration.ofMinutes(1));
        LuaState state = new LuaState(limits, text -> {
        }, InstantSource.system());
        addShims(state);
        assertThatCode(() -> state.run(compile(source, name + ".lua"))).doesNotThrowAnyException();
    }

    private static LuaChunk compile(String bytes, String chunkName) {
        Parser parser = new Parser(bytes, chunkName);
        Prototype main = parser.parse();
        return new LuaChunk(chunkName, main, parser.estimatedBytes());
    }

    /** Functions that the tests use, but that the engine does not have. */
    private static void addShims(LuaState state) {
        LuaTable globals = state.globals();
        globals.set("_soft", true);
        globals.set("_port", true);
        globals.set("_nomsg", true);
        globals.set("_ENV", globals);
        globals.set("collectgarbage", state.function("collectgarbage", (s, a) -> 0L));
        globals.set("load", state.function("load", LuaSuiteTest::load));
        globals.set("require", state.function("require", (s, a) -> globals.get(a.string(1))));
        LuaTable debug = state.newTable();
        debug.set("getinfo", state.function("getinfo", LuaSuiteTest::getInfo));
        globals.set("debug", debug);
    }

    private static Object load(LuaState state, LuaArguments arguments) {
        StringBuilder source = new StringBuilder();
        if (arguments.get(1) instanceof LuaFunction reader) {
            Object part = LuaFunction.first(state.call(reader));
            while (part instanceof String text && !text.isEmpty()) {
                source.append(text);
                part = LuaFunction.first(state.call(reader));
            }
            if (part != null && !(part instanceof String)) {
                return new Object[] { null, "reader function must return a string" };
            }
        } else {
            source.append(arguments.string(1));
        }
        String name = "[string \"" + arguments.string(2, source.toString()).lines().findFirst().orElse("") + "\"]";
        try {
            return LuaClosure.main(state.execution(), compile(source.toString(), name).main());
        } catch (LuaSyntaxException e) {
            return new Object[] { null, e.getMessage() };
        }
    }

    private static Object getInfo(LuaState state, LuaArguments arguments) {
        LuaTable info = state.newTable();
        String position = state.execution().position((int) arguments.integer(1));
        String[] parts = position.split(":");
        info.set("currentline", parts.length < 2 ? null : Long.valueOf(parts[parts.length - 2]));
        info.set("name", "F");
        return info;
    }
}
