package io.quarkiverse.posthog.lua.engine;

import static io.quarkiverse.posthog.lua.engine.Scripts.error;
import static io.quarkiverse.posthog.lua.engine.Scripts.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetatablesTest {

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', value = {
            "__add = function(a, b) return 'add' end => a + 1 => add",
            "__sub = function(a, b) return b end => 5 - a == a => true",
            "__unm = function(a) return 'unm' end => -a => unm",
            "__concat = function(a, b) return 'cat' end => 'x' .. a .. 'y' => xcat",
            "__eq = function() return true end => a == setmetatable({}, getmetatable(a)) => true",
            "__lt = function() return true end => a < a => true",
            "__le = function() return 1 end => a <= a => true",
            "__lt = function() return true end => a <= a => false",
            "__len = function() return 7 end => #a => 7",
            "__call = function(self, x, y) return x .. y end => a('p', 'q') => pq",
            "__index = function(t, k) return k .. '!' end => a.hello => hello!",
            "__index = {x = 5} => a.x => 5",
            "__tostring = function() return 'text' end => tostring(a) => text",
            "__metatable = 'locked' => getmetatable(a) => locked",
            "__pairs = function() return function(_, k) if not k then return 1, 2 end end end => (function() for k, v in pairs(a) do return k + v end end)() => 3",
            "__mod = function() return 'mod' end => a % 2 => mod",
            "__idiv = function() return 'idiv' end => a // 2 => idiv" })
    void metamethodsAreCalled(String metatable, String expression, String expected) {
        String source = "local a = setmetatable({}, {" + metatable + "}) return " + expression;
        assertThat(text(source)).isEqualTo(expected);
    }

    @Test
    void newIndexGetsAbsentKeysOnly() {
        assertThat(text(
                "local log = {} local a = setmetatable({x = 1}, {__newindex = function(t, k, v) log[#log + 1] = k .. v end}) "
                        + "a.x = 2 a.y = 3 return a.x, rawget(a, 'y'), log[1]"))
                .isEqualTo("2 nil y3");
    }

    @Test
    void inheritanceWorksOverSeveralLevels() {
        assertThat(text("""
                local Animal = {} Animal.__index = Animal
                function Animal.new(name) return setmetatable({name = name}, Animal) end
                function Animal:speak() return self.name .. ' makes a sound' end
                local Dog = setmetatable({}, {__index = Animal}) Dog.__index = Dog
                function Dog.new(name) return setmetatable(Animal.new(name), Dog) end
                function Dog:bark() return self:speak() .. ': woof' end
                return Dog.new('Rex'):bark()""")).isEqualTo("Rex makes a sound: woof");
    }

    @Test
    void loopsAndProtectedMetatablesAreErrors() {
        assertThat(error("local t = {} setmetatable(t, t) t.__index = t return t.x")).isEqualTo("script:1: loop in gettable");
        assertThat(error("local t = {} setmetatable(t, t) t.__newindex = t t.x = 1")).isEqualTo("script:1: loop in settable");
        assertThat(error("setmetatable(setmetatable({}, {__metatable = 1}), {})"))
                .isEqualTo("script:1: cannot change a protected metatable");
        assertThat(error("return tostring(setmetatable({}, {__tostring = function() return {} end}))"))
                .isEqualTo("script:1: '__tostring' must return a string");
    }

    @Test
    void globalVariablesCanHaveAMetatable() {
        assertThat(text("setmetatable(_G, {__index = function(_, k) return 'no ' .. k end}) return missing"))
                .isEqualTo("no missing");
        assertThat(error("setmetatable(_G, {__newindex = function(_, k) error('strict ' .. k, 2) end}) x = 1"))
                .isEqualTo("script:1: strict x");
    }
}
