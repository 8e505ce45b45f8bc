package io.quarkiverse.posthog.lua.engine;

import static io.quarkiverse.posthog.lua.engine.Scripts.error;
import static io.quarkiverse.posthog.lua.engine.Scripts.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StringsTest {

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', value = {
            "('hello'):sub(2, -2) => ell",
            "('hello'):sub(-3) => llo",
            "('hello'):sub(10) => ``",
            "('hello'):byte(1, 3) => 104 101 108",
            "string.char(72, 105) => Hi",
            "('ab'):rep(3, '-') => ab-ab-ab",
            "('abc'):reverse():upper() => CBA",
            "('hello world'):find('o w') => 5 7",
            "('hello'):find('l', 1, true) => 3 3",
            "('a.b'):find('.', 1, true) => 2 2",
            "('hello'):find('') => 1 0",
            "('hello'):find('', 10) => nil",
            "('key = value'):match('^(%w+)%s*=%s*(%w+)$') => key value",
            "('  trim  '):match('^%s*(.-)%s*$') => trim",
            "('f(a(b)c)d'):match('%b()') => (a(b)c)",
            "('THE (quick) fox'):find('%f[%a]%a+%f[%A]') => 1 3",
            "('hello'):match('()ll()') => 3 5",
            "('abcabc'):match('(abc)%1') => abc",
            "('x^y'):match('[%^]') => ^",
            "('2024-02-29'):match('(%d+)-(%d+)-(%d+)') => 2024 02 29",
            "('abc'):gsub('%w', '%0%0') => aabbcc 3",
            "('hello world'):gsub('o', '0', 1) => hell0 world 1",
            "('$name is $age'):gsub('%$(%w+)', {name = 'Bob'}) => Bob is $age 2",
            "('abc'):gsub('', '-') => -a-b-c- 4",
            "('abc'):gsub('b', function() return nil end) => abc 1",
            "('a b'):gsub('(%w) (%w)', '%2 %1') => b a 1",
            "string.format('%5d|%-5d|%05d|%+d', 42, 42, 42, 42) => `   42|42   |00042|+42`",
            "string.format('%.2f %e %g %g', 3.14159, 12345.678, 1e20, 0.1) => 3.14 1.234568e+04 1e+20 0.1",
            "string.format('%x %X %#x %o %c', 255, 255, 255, 8, 65) => ff FF 0xff 10 A",
            "string.format('%s %10s %-5s| %.2s', 1, 'a', 'b', 'xyz') => `1          a b    | xy`",
            "string.format('%q', 'a\"b') => `\"a\\\"b\"`",
            "string.format('%d', '10') => 10",
            "string.format('%d', 3.7) => 3",
            "string.format('%5.1f|%a', -0.05, 1) => ` -0.1|0x1p+0`",
            "string.format('%%') => %",
            "('x'):len() => 1",
            "#('\\0a\\0') => 3",
            "'a' < 'b', 'a' < 'B', 'Z' < 'a', '' < 'a' => true false true true",
            "tostring(nil), tostring(true), tostring(1.5) => nil true 1.5" })
    void functions(String expression, String expected) {
        assertThat(text("return " + expression)).isEqualTo(expected);
    }

    @Test
    void gmatchReturnsAllMatches() {
        assertThat(text(
                "local t = {} for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do t[#t + 1] = k .. v end return table.concat(t, ';')"))
                .isEqualTo("a1;b2");
        assertThat(text("local n = 0 for _ in ('abc'):gmatch('') do n = n + 1 end return n")).isEqualTo("4");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', value = {
            "('x'):rep({}) => bad argument #1 to 'rep' (number expected, got table)",
            "string.rep() => bad argument #1 to 'rep' (string expected, got no value)",
            "('x'):rep(1e10) => resulting string too large",
            "string.format('%d', 'x') => bad argument #2 to 'format' (number expected, got string)",
            "string.format('%d') => bad argument #2 to 'format' (number expected, got no value)",
            "string.format('%99999d', 1) => invalid format (width or precision too long)",
            "string.format('%y', 1) => invalid option '%y' to 'format'",
            "('x'):find('[a') => malformed pattern (missing ']')",
            "('x'):find('%') => malformed pattern (ends with '%')",
            "('x'):find('(x') => unfinished capture",
            "('x'):match('x)') => invalid pattern capture",
            "('x'):find('%f') => missing '[' after '%f' in pattern",
            "('x'):gsub('x', '%2') => invalid capture index",
            "('x'):gsub('x', '%y') => invalid use of '%' in replacement string",
            "('x'):gsub('x', function() return {} end) => invalid replacement value (a table)",
            "('x'):gsub('x') => bad argument #2 to 'gsub' (string/function/table expected, got no value)",
            "string.char(256) => bad argument #1 to 'char' (value out of range)",
            "(('a'):rep(300000)):find(('.-'):rep(300) .. 'b') => pattern too complex",
            "('x'):find(('('):rep(40)) => too many captures" })
    void errors(String expression, String expected) {
        assertThat(error("return " + expression)).isEqualTo("script:1: " + expected);
    }

    @Test
    void textIsUtf8() {
        assertThat(Scripts.value("return ('é€😀'):upper() .. 'ß'")).isEqualTo("é€😀ß");
        assertThat(LuaStrings.toJava(LuaStrings.fromJava("é€😀"))).isEqualTo("é€😀");
        assertThat(LuaStrings.toJava("\u00ff")).isEqualTo("\ufffd");
        assertThat(text("return #'€', ('€'):byte(1, -1)")).isEqualTo("3 226 130 172");
    }

    @Test
    void theMetatableOfStringsIsProtectedAndBelongsToTheState() {
        assertThat(text("return getmetatable('')")).isEqualTo("false");
        assertThat(text("string.shout = function(s) return s:upper() .. '!' end return ('x'):shout()")).isEqualTo("X!");
        assertThat(error("return ('x'):shout()")).isEqualTo("script:1: attempt to call a nil value (method 'shout')");
    }
}
