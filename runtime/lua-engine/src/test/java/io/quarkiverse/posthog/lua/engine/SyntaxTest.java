package io.quarkiverse.posthog.lua.engine;

import static io.quarkiverse.posthog.lua.engine.Scripts.error;
import static io.quarkiverse.posthog.lua.engine.Scripts.text;
import static io.quarkiverse.posthog.lua.engine.Scripts.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTest {

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', value = {
            "return 1 + 2 * 3 ^ 2 => 19",
            "return -2 ^ 2 => -4",
            "return 2 ^ 3 ^ 2 => 512",
            "return not nil == true => true",
            "return 1 .. 2 .. 3 => 123",
            "return 1 < 2 and 2 < 3 or false => true",
            "return nil and 1, false or 2, 1 and 2 => nil 2 2",
            "local a <= 1 return 1 => error",
            "return #'abc', #{1, 2, 3} => 3 3",
            "local a, b, c = (function() return 1, 2 end)() return a, b, c => 1 2 nil",
            "local a, b = ((function() return 1, 2 end)()) return a, b => 1 nil",
            "return (function(...) return select('#', ...), ... end)(1, nil, 3) => 3 1 nil 3",
            "local t = {(function() return 1, 2 end)(), (function() return 1, 2 end)()} return #t => 3",
            "local t = {[1] = 'a', 'b', x = 1; 'c'} return t[1], t[2], t.x => b c 1",
            "local a = {} local i = 1 i, a[i] = i + 1, 20 return i, a[1], a[2] => 2 20 nil",
            "local x, y = 1, 2 x, y = y, x return x, y => 2 1",
            "local s = 0 for i = 10, 1, -3 do s = s + i end return s => 22",
            "local s = '' for i = 1, 2, 0.5 do s = s .. i .. ' ' end return s => `1 1.5 2 `",
            "local n = 0 repeat local done = n == 3 n = n + 1 until done return n => 4",
            "for i = 1, 3 do for j = 1, 3 do if j == 2 then goto next end end ::next:: end return 'ok' => ok",
            "do local i = 1 ::top:: if i < 5 then i = i + 1 goto top end return i end => 5",
            "local f = {} for i = 1, 3 do f[i] = function() i = i + 1 return i end end return f[1](), f[1](), f[2]() => 2 3 3",
            "function f(a, ...) local b = ... return a, b end return f(1, 2, 3) => 1 2",
            "local t = {n = 0} function t:add(x) self.n = self.n + x return self end return t:add(1):add(2).n => 3",
            "local t = {a = {b = {}}} function t.a.b.f() return 'x' end return t.a.b.f() => x",
            "return (('x'):rep(3)) => xxx",
            "return 0x10, 0xA.8p1, 1e2, .5, 3., 0x.1 => 16 21 100 0.5 3 0.0625",
            "return 7 // 2, -7 // 2, 7 % -3, -7 % 3, 5.5 // 2 => 3 -4 -2 2 2",
            "return type(print), type(nil), type({}), type('') => function nil table string",
            "; ; return 1 => 1",
            "local function f() return end return select('#', f()) => 0",
            "return ... => ``",
            "goto done do end ::done:: return 1 => 1" })
    void resultsAreThoseOfTheReferenceManual(String source, String expected) {
        if (expected.equals("error")) {
            assertThat(error(source)).contains("unexpected symbol near").as(source);
        } else {
            assertThat(text(source)).isEqualTo(expected);
        }
    }

    @Test
    void stringsHaveAllEscapes() {
        assertThat(value("return '\\65\\066\\x41\\z  \n  b\\'\\\"\\n\\\\\\u{20AC}'")).isEqualTo("ABAb'\"\n\\€");
        assertThat(value("return [==[\na]]b]=]\r\nc]==]")).isEqualTo("a]]b]=]\nc");
        assertThat(value("return #'\\255\\0'")).isEqualTo(2L);
        assertThat(value("return #'é'")).isEqualTo(2L);
        assertThat(value("--[[ long\ncomment ]] --[==[ ]] ]==] return 1 -- end")).isEqualTo(1L);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', value = {
            "if x then => script:1: 'end' expected near <eof>",
            "x = = 1 => script:1: unexpected symbol near '='",
            "x = 'abc => script:1: unfinished string near <eof>",
            "x = 3x => script:1: malformed number near '3x'",
            "break => script:1: <break> at line 1 not inside a loop",
            "goto x => script:1: no visible label 'x' for <goto> at line 1",
            "::a:: ::a:: => script:1: label 'a' already defined on line 1",
            "goto x local a ::x:: print(a) => script:1: <goto x> at line 1 jumps into the scope of local 'a'",
            "f() = 1 => script:1: syntax error near '='",
            "x => script:1: syntax error near <eof>",
            "return 1 return 2 => script:1: '<eof>' expected near 'return'",
            "function f() return ... end => script:1: cannot use '...' outside a vararg function near '...'",
            "local x <const> = 1 => script:1: unexpected symbol near '<'",
            "x = '\\q' => script:1: invalid escape sequence near '\\q'" })
    void syntaxErrorsNameTheLineAndTheToken(String source, String expected) {
        assertThat(error(source)).startsWith(expected);
    }

    @Test
    void anUnclosedConstructIsNamedWithItsLine() {
        assertThat(error("if x then\n  y = 1\nx = 2\n"))
                .isEqualTo("script:4: 'end' expected (to close 'if' at line 1) near <eof>");
    }

    @ParameterizedTest
    @ValueSource(strings = { "(", "{", "x=not ", "x=-(", "a.b", "do ", "while x do ", "if x then else", "x=2^", "a[", "f(",
            "x=1+",
            "function f() ", "x=function() return ", "x=1 and (", "local a={", "x=#", "x=a..(", "for i=1,2 do ", "repeat " })
    void deepNestingIsASyntaxError(String part) {
        String source = part.startsWith("x=") ? "x=" + part.substring(2).repeat(100_000 / part.length()) : part.repeat(100_000);
        String limited = source.substring(0, Math.min(source.length(), LuaCompiler.MAX_SOURCE_BYTES));
        assertThatThrownBy(() -> LuaCompiler.compile(limited, "script")).isInstanceOf(LuaSyntaxException.class);
    }

    @Test
    void longChainsOfFieldsAndOperatorsAreASyntaxError() {
        for (String tail : new String[] { ".b", "[1]", "()", ":m()", "+1", " and 1", "==1", " or a" }) {
            assertThatThrownBy(() -> LuaCompiler.compile("x = a" + tail.repeat(20_000), "script")).as(tail)
                    .isInstanceOf(LuaSyntaxException.class);
        }
    }

    @Test
    void aLargeSourceIsRejected() {
        assertThatThrownBy(() -> LuaCompiler.compile(" ".repeat(LuaCompiler.MAX_SOURCE_BYTES + 1), "script"))
                .isInstanceOf(LuaSyntaxException.class).hasMessageContaining("bytes");
    }

    @Test
    void aChunkCanRunInSeveralStates() {
        LuaChunk chunk = LuaCompiler.compile("n = (n or 0) + 1 return n", "script");
        LuaState first = Scripts.state();
        first.run(chunk);
        assertThat(first.run(chunk)).containsExactly(2L);
        assertThat(Scripts.state().run(chunk)).containsExactly(1L);
    }
}
