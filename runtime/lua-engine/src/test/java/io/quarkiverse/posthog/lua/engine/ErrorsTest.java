package io.quarkiverse.posthog.lua.engine;

import static io.quarkiverse.posthog.lua.engine.Scripts.error;
import static io.quarkiverse.posthog.lua.engine.Scripts.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorsTest {

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', value = {
            "foo() => attempt to call a nil value (global 'foo')",
            "local x x.y = 1 => attempt to index a nil value (local 'x')",
            "local x x() => attempt to call a nil value (local 'x')",
            "local t = {} t.a.b = 1 => attempt to index a nil value (field 't.a')",
            "local t = {} t.f() => attempt to call a nil value (field 't.f')",
            "local t = {} t:f() => attempt to call a nil value (method 't:f')",
            "local t = {} return t[1].x => attempt to index a nil value (field '?')",
            "local event = {properties = {}} return 'a' .. event.properties.pathname => attempt to concatenate a nil value (field 'event.properties.pathname')",
            "local t = {} return t.n + 1 => attempt to perform arithmetic on a nil value (field 't.n')",
            "return 1 + {} => attempt to perform arithmetic on a table value",
            "return 'x' + 1 => attempt to perform arithmetic on a string value",
            "return -{} => attempt to perform arithmetic on a table value",
            "return #nil => attempt to get length of a nil value",
            "return 1 < 'x' => attempt to compare number with string",
            "return {} < {} => attempt to compare two table values",
            "return nil > 1 => attempt to compare number with nil",
            "local x = 1 local function f() return x.y.z end f() => attempt to index a number value (upvalue 'x')",
            "for k in 5 do end => attempt to call a number value",
            "error({}) => (error object is a table value)",
            "error('m', 0) => m" })
    void messagesNameTheVariable(String source, String expected) {
        String message = error(source);
        assertThat(message.replace("script:1: ", "")).isEqualTo(expected);
        assertThat(message.startsWith("script:1: ")).isEqualTo(!source.startsWith("error("));
    }

    @Test
    void anErrorHasALineAndATraceback() {
        LuaError error = (LuaError) Scripts.failure(Scripts.state(),
                "local function f()\n  error('m')\nend\nfunction g()\n  f()\nend\ng()");
        assertThat(error).hasMessage("script:2: m");
        assertThat(error.traceback()).isEqualTo("script:2: in f\nscript:5: in g\nscript:7: in main chunk\n");
    }

    @Test
    void theLevelOfAnErrorSelectsThePosition() {
        String source = "function f(level)\nerror('m', level)\nend\nfunction g(level)\nf(level)\nend\n"
                + "local t = {} for i = 0, 3 do\nlocal _, m = pcall(g, i) t[#t + 1] = m end return table.concat(t, ' ')";
        assertThat(text(source)).isEqualTo("m script:2: m script:5: m m");
    }

    @Test
    void pcallReturnsTheErrorValueAndItsResults() {
        assertThat(text("return pcall(error, 'm', 0)")).isEqualTo("false m");
        assertThat(text("return pcall(function() return 1, 2 end)")).isEqualTo("true 1 2");
        assertThat(text("local e = {} local _, v = pcall(error, e) return v == e")).isEqualTo("true");
        assertThat(text("return pcall(nil)")).isEqualTo("false script:1: attempt to call a nil value");
        assertThat(text("return pcall(error)")).isEqualTo("false nil");
        assertThat(text("return select('#', pcall(error))")).isEqualTo("2");
        assertThat(text("return xpcall(error, function(m) return 'handled ' .. m end, 'm', 0)")).isEqualTo("false handled m");
        assertThat(text("return xpcall(error, error, 'm')").startsWith("false")).isTrue();
        assertThat(text("return pcall(pcall)")).isEqualTo("false bad argument #1 to 'pcall' (value expected)");
        assertThat(text("return pcall(string.rep)"))
                .isEqualTo("false bad argument #1 to 'rep' (string expected, got no value)");
        assertThat(error("assert(false)")).isEqualTo("assertion failed!");
        assertThat(error("assert(nil, 'm')")).isEqualTo("m");
        assertThat(text("return assert(1, 2)")).isEqualTo("1 2");
    }

    @Test
    void infiniteRecursionIsAnErrorThatCanBeCaught() {
        assertThat(error("local function f() return 1 + f() end f()")).isEqualTo("script:1: stack overflow");
        assertThat(text(
                "local function f() return 1 + f() end local ok, m = pcall(f) return ok, m, pcall(function() return 'fine' end)"))
                .isEqualTo("false script:1: stack overflow true fine");
        assertThat(error("local t = setmetatable({}, {__index = function(t, k) return t[k .. 'x'] end}) return t.x"))
                .contains("stack overflow");
        assertThat(text("local n = 0 local function f() n = n + 1 pcall(f) end f() return n > 50")).isEqualTo("true");
    }

    @Test
    void tailCallsNeedNoStack() {
        assertThat(text("local function f(n) if n == 0 then return 'done' end return f(n - 1) end return f(1000000)"))
                .isEqualTo("done");
        assertThat(text(
                "local t = {} function t:f(n) if n == 0 then return 'done' end return self:f(n - 1) end return t:f(100000)"))
                .isEqualTo("done");
        assertThat(text("local function f(...) if select('#', ...) == 0 then return 'done' end return f(select(2, ...)) end "
                + "return f(table.unpack({}, 1, 1000))")).isEqualTo("done");
    }

    @Test
    void recursionOfUsualDepthIsPossible() {
        assertThat(text("local function sum(n) if n == 0 then return 0 end return n + sum(n - 1) end return sum(300)"))
                .isEqualTo("45150");
    }
}
