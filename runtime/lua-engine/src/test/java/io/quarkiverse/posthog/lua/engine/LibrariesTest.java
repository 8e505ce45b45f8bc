package io.quarkiverse.posthog.lua.engine;

import static io.quarkiverse.posthog.lua.engine.Scripts.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibrariesTest {

    @Test
    void nothingGivesAccessToTheSystemOrToCode() {
        List<String> absent = List.of("load", "loadstring", "loadfile", "dofile", "require", "module", "package", "io", "debug",
                "coroutine",
                "collectgarbage", "os.execute", "os.getenv", "os.remove", "os.rename", "os.exit", "os.tmpname", "os.setlocale",
                "string.dump", "getfenv", "setfenv", "newproxy", "java", "luajava");
        for (String name : absent) {
            assertThat(text("return " + name)).as(name).isEqualTo("nil");
        }
    }

    @Test
    void globalVariablesAreTheDocumentedOnes() {
        assertThat(text(
                "local names = {} for k in pairs(_G) do names[#names + 1] = k end table.sort(names) return table.concat(names, ' ')"))
                .isEqualTo(
                        "_G _VERSION assert error getmetatable ipairs math next os pairs pcall print rawequal rawget rawlen rawset select "
                                + "setmetatable string table tonumber tostring type unpack xpcall");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', value = {
            "os.time() => 1709210096",
            "os.date() => Thu Feb 29 12:34:56 2024",
            "os.date('%Y-%m-%d %H:%M:%S') => 2024-02-29 12:34:56",
            "os.date('!%A %B %d %j %p %I %y %Z %%', 0) => Thursday January 01 001 AM 12 70 UTC %",
            "os.date('*t', 0).year => 1970",
            "os.date('*t').yday, os.date('*t').wday, os.date('*t').isdst => 60 5 false",
            "os.time({year = 2024, month = 14, day = -1, hour = 0}) => 1738195200",
            "os.time({year = 2024, month = 1, day = 1}) => 1704110400",
            "os.date('%Y', os.time({year = 2023, month = 12, day = 32})) => 2024",
            "os.difftime(10, 4) => 6",
            "type(os.clock()) => number" })
    void dates(String expression, String expected) {
        assertThat(text("return " + expression)).isEqualTo(expected);
    }

    @Test
    void printWritesTextAndUsesTheGlobalTostring() {
        StringBuilder output = new StringBuilder();
        LuaState state = new LuaState(LuaLimits.DEFAULT, output::append, Scripts.CLOCK);
        state.run(LuaCompiler.compile(
                "print('é', 1.0, nil, true) print() tostring = function(v) return '<' .. type(v) .. '>' end print(1, {})",
                "script"));
        assertThat(output).hasToString("é\t1\tnil\ttrue\n\n<number>\t<table>\n");
    }

    @Test
    void multipleStatesAreIndependent() {
        LuaState first = Scripts.state();
        first.run(LuaCompiler.compile("string.upper = nil math.floor = nil table = nil x = 1 getmetatable = nil", "script"));
        assertThat(text("return ('a'):upper(), math.floor(1.5), type(table), x")).isEqualTo("A 1 table nil");
    }
}
