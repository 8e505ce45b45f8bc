package io.quarkiverse.posthog.lua.engine;

import static io.quarkiverse.posthog.lua.engine.Scripts.error;
import static io.quarkiverse.posthog.lua.engine.Scripts.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', value = {
            "10 / 2 => 5",
            "2 ^ 53 => 9.007199254741e+15",
            "9007199254740993 => 9007199254740993",
            "9007199254740993 + 0 == 9007199254740992.0 => false",
            "9223372036854775807 + 1 => 9.2233720368548e+18",
            "9223372036854775807 * 2 => 1.844674407371e+19",
            "-9223372036854775808 - 1 => -9.2233720368548e+18",
            "-(-9223372036854775808) => 9.2233720368548e+18",
            "3037000500 * 3037000500 => 9.2233720370002e+18",
            "3037000499 * 3037000499 => 9223372030926249001",
            "9223372036854775808 => 9.2233720368548e+18",
            "1e15 => 1e+15",
            "1e14 => 1e+14",
            "99999999999999.0 => 99999999999999",
            "0.1 => 0.1",
            "1 / 3 => 0.33333333333333",
            "100 * 1.1 => 110",
            "1 == 1.0 => true",
            "1 / 0 => inf",
            "-1 / 0 => -inf",
            "0 / 0 => nan",
            "5 % 0 => nan",
            "5 % math.huge => 5",
            "-5 % math.huge => inf",
            "5.5 % -2 => -0.5",
            "'10' + 5 => 15",
            "'0x10' * '2' => 32",
            "' 3.5 ' + 0 => 3.5",
            "10 .. '' => 10",
            "10.0 .. '' => 10",
            "1 < 1.5 => true",
            "9007199254740993 > 9007199254740992.0 => true",
            "9223372036854775807 < 9223372036854775808.0 => true",
            "math.huge > 9223372036854775807 => true",
            "0/0 == 0/0 => false",
            "1 < 0/0 => false",
            "({[1.0] = 'a'})[1] => a",
            "({[2^53] = 'a'})[9007199254740992] => a",
            "tonumber('0x') => nil",
            "tonumber('1e') => nil",
            "tonumber('1 2') => nil",
            "tonumber('') => nil",
            "tonumber('0x1p4') => 16",
            "tonumber('1e1') => 10",
            "tonumber('ff', 16) => 255",
            "tonumber('-zz', 36) => -1295",
            "tonumber('8', 8) => nil",
            "tonumber('99999999999999999999') => 1e+20",
            "tonumber(nil) => nil",
            "math.floor(-3.5) => -4",
            "math.ceil(3.2) => 4",
            "math.floor(1e300) => 1e+300",
            "math.max(1, 2.5, 2) => 2.5",
            "math.fmod(-7, 3) => -1",
            "math.abs(-9223372036854775808) => 9.2233720368548e+18",
            "math.sqrt(16) => 4",
            "math.type => nil" })
    void expressions(String expression, String expected) {
        assertThat(text("return " + expression)).isEqualTo(expected);
    }

    @Test
    void integerLoopsStayIntegersAndEnd() {
        assertThat(text("local n = 0 for i = 9223372036854775806, math.huge do n = n + 1 end return n")).isEqualTo("2");
        assertThat(text("local n = 0 for i = 1, 3.9 do n = i end return n")).isEqualTo("3");
        assertThat(text("for i = 1, 0 do return 1 end return 2")).isEqualTo("2");
        assertThat(error("for i = 1, {} do end")).isEqualTo("script:1: 'for' limit must be a number");
    }

    @Test
    void modfAndFrexpReturnTwoValues() {
        assertThat(text("return math.modf(-3.25)")).isEqualTo("-3 -0.25");
        assertThat(text("return math.modf(-math.huge)")).isEqualTo("-inf -0");
        assertThat(text("return math.frexp(8)")).isEqualTo("0.5 4");
        assertThat(text("return math.ldexp(0.5, 4)")).isEqualTo("8");
    }

    @Test
    void randomNumbersHaveASeedPerState() {
        String source = "math.randomseed(7) local t = {} for i = 1, 5 do t[i] = math.random(1, 1000) end return table.concat(t, ' ')";
        assertThat(text(source)).isEqualTo(text(source));
        assertThat(text("for i = 1, 1000 do local x = math.random(3) if x < 1 or x > 3 then return x end end")).isEmpty();
        assertThat(error("math.random(2, 1)")).isEqualTo("script:1: bad argument #2 to 'random' (interval is empty)");
    }
}
