package io.quarkiverse.posthog.lua.engine;

import static io.quarkiverse.posthog.lua.engine.Scripts.error;
import static io.quarkiverse.posthog.lua.engine.Scripts.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablesTest {

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', value = {
            "return #{1, 2, nil, 4} => 4",
            "return #{nil, nil, 3} => 3",
            "return #{n = 1} => 0",
            "local t = {} for i = 10, 1, -1 do t[i] = i end return #t => 10",
            "local t = {1, 2, 3} t[#t] = nil return #t => 2",
            "local t = {[3] = 3, 1, 2} return #t => 3",
            "local t = {[2] = 'h', nil, nil, 'c'} return t[2], t[3] => h c",
            "local t = {b = 1, a = 2, 3} local s = '' for k in pairs(t) do s = s .. k end return s => 1ba",
            "local t = {} for i = 1, 100 do t[i] = i t['k' .. i] = i end for k in pairs(t) do t[k] = nil end return next(t) => nil",
            "local s = 0 for i, v in ipairs({1, 2, nil, 4}) do s = s + v end return s => 3",
            "local t = {3, 1, 2} table.sort(t) return table.concat(t, ',') => 1,2,3",
            "local t = {3, 1, 2} table.sort(t, function(a, b) return a > b end) return table.concat(t, ',') => 3,2,1",
            "local t = {1, 3} table.insert(t, 2, 2) table.insert(t, 4) return table.concat(t, ',') => 1,2,3,4",
            "local t = {1, 2, 3} return table.remove(t, 1), table.remove(t), #t => 1 3 1",
            "return table.unpack({1, nil, 3}, 1, 3) => 1 nil 3",
            "return table.pack(1, nil, 3).n => 3",
            "return table.concat({1, 2, 3}, '-', 2, 3) => 2-3",
            "return select(-1, 1, 2), select(2, 'a', 'b') => 2 b",
            "return rawlen({1}), rawlen('ab'), rawequal('a', 'a'), rawget({5}, 1) => 1 2 true 5",
            "return next({}), next({5}) => nil 1 5",
            "return table.maxn({[10] = 1, 2, x = 3}) => 10",
            "local t = {} t[1.5] = 'x' t[-1] = 'y' t[true] = 'z' return t[1.5], t[-1], t[true] => x y z" })
    void functions(String source, String expected) {
        assertThat(text(source)).isEqualTo(expected);
    }

    @Test
    void errorsNameTheFunctionAndTheArgument() {
        assertThat(error("table.insert(nil, 1)")).isEqualTo("script:1: bad argument #1 to 'insert' (table expected, got nil)");
        assertThat(error("table.insert({}, 5, 1)")).isEqualTo("script:1: bad argument #2 to 'insert' (position out of bounds)");
        assertThat(error("table.insert({}, 1, 2, 3)")).isEqualTo("script:1: wrong number of arguments to 'insert'");
        assertThat(error("table.concat({{}})")).isEqualTo("script:1: invalid value (table) at index 1 in table for 'concat'");
        assertThat(error("({})[nil] = 1")).isEqualTo("script:1: table index is nil");
        assertThat(error("({})[0/0] = 1")).isEqualTo("script:1: table index is NaN");
        assertThat(error("next({}, 'x')")).isEqualTo("script:1: invalid key to 'next'");
        assertThat(error("table.sort({1, 'x'})")).isEqualTo("script:1: attempt to compare string with number");
        assertThat(error("ipairs()")).isEqualTo("script:1: bad argument #1 to 'ipairs' (value expected)");
    }

    /** A table behaves like a map with the same operations, and its traversal finds each pair once. */
    @RepeatedTest(20)
    void randomOperationsAgreeWithAMap() {
        Random random = new Random();
        LuaTable table = Scripts.state().newTable();
        Map<Object, Object> expected = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            Object key = switch (random.nextInt(4)) {
                case 0 -> "k" + random.nextInt(50);
                case 1 -> random.nextInt(50) + 0.5;
                default -> (long) random.nextInt(60) - 5;
            };
            Object value = random.nextInt(3) == 0 ? null : (Object) (long) i;
            table.set(key, value);
            if (value == null) {
                expected.remove(key);
            } else {
                expected.put(key, value);
            }
            assertThat(table.get(key)).isEqualTo(value);
            long border = table.length();
            assertThat(border == 0 || expected.containsKey(border)).isTrue();
            assertThat(expected).doesNotContainKey(border + 1);
        }
        Map<Object, Object> found = new HashMap<>();
        for (int position = table.next(0); position != LuaTable.END; position = table.next(position)) {
            assertThat(found.put(table.keyAt(position), table.valueAt(position))).isNull();
            assertThat(table.next(table.position(table.keyAt(position)))).isEqualTo(table.next(position));
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void anInconsistentOrderEndsAndKeepsTheValues() {
        assertThat(text("local t = {} for i = 1, 1000 do t[i] = i end table.sort(t, function() return math.random() < 0.5 end) "
                + "local s = 0 for i = 1, 1000 do s = s + t[i] end return s")).isEqualTo("500500");
        assertThat(text("local t = {3, 2, 1} table.sort(t, function() return true end) return #t")).isEqualTo("3");
    }
}
