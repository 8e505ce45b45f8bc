package io.quarkiverse.posthog.lua.engine.library;

import java.util.Arrays;

import io.quarkiverse.posthog.lua.engine.HostFunction;
import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.LuaValues;
import io.quarkiverse.posthog.lua.engine.interpreter.ByteBuilder;
import io.quarkiverse.posthog.lua.engine.interpreter.Calls;
import io.quarkiverse.posthog.lua.engine.interpreter.Comparison;
import io.quarkiverse.posthog.lua.engine.interpreter.Execution;
import io.quarkiverse.posthog.lua.engine.interpreter.Metamethods;
import io.quarkiverse.posthog.lua.engine.interpreter.Numbers;
import io.quarkiverse.posthog.lua.engine.tree.PairIterator;

/** The basic functions. */
final class BaseLibrary {

    private final LuaState state;
    private final Execution execution;
    private final NextFunction next = new NextFunction();
    private final LuaFunction ipairsIterator = new SequenceIterator();

    BaseLibrary(LuaState state) {
        this.state = state;
        this.execution = state.execution();
    }

    void install(LuaTable globals) {
        globals.set("next", next);
        add(globals, "pairs", this::pairs);
        add(globals, "ipairs", this::ipairs);
        add(globals, "type", (s, a) -> LuaValues.typeName(a.any(1)));
        LuaFunction tostring = state.function("tostring", (s, a) -> TextConversion.toText(execution, a.any(1)));
        globals.set("tostring", tostring);
        add(globals, "print", (s, a) -> print(a, tostring));
        add(globals, "tonumber", this::tonumber);
        add(globals, "rawequal", (s, a) -> Comparison.rawEqual(execution, a.any(1), a.any(2)));
        add(globals, "rawget", (s, a) -> a.table(1).get(a.any(2)));
        add(globals, "rawset", BaseLibrary::rawset);
        add(globals, "rawlen", BaseLibrary::rawlen);
        add(globals, "select", this::select);
        add(globals, "getmetatable", this::getmetatable);
        add(globals, "setmetatable", this::setmetatable);
    }

    private void add(LuaTable globals, String name, HostFunction code) {
        Libraries.add(state, globals, name, code);
    }

    private Object pairs(LuaState unused, LuaArguments arguments) {
        Object value = arguments.any(1);
        Object handler = Metamethods.of(execution, value, "__pairs");
        if (handler != null) {
            return triple(handler, value);
        }
        return new Object[] { next, arguments.table(1), null };
    }

    private Object ipairs(LuaState unused, LuaArguments arguments) {
        Object value = arguments.any(1);
        Object handler = Metamethods.of(execution, value, "__ipairs");
        if (handler != null) {
            return triple(handler, value);
        }
        return new Object[] { ipairsIterator, arguments.table(1), 0L };
    }

    private Object[] triple(Object handler, Object value) {
        Object[] results = LuaFunction.all(handler instanceof LuaFunction function ? execution.call(function, value)
                : Calls.callValue(execution, handler, new Object[] { value }, null));
        return Arrays.copyOf(results, 3);
    }

    private Object print(LuaArguments arguments, LuaFunction builtin) {
        Object tostring = execution.globals.get("tostring");
        ByteBuilder line = new ByteBuilder(execution);
        for (int i = 1; i <= arguments.count(); i++) {
            if (i > 1) {
                line.append('\t');
            }
            Object value = arguments.get(i);
            if (tostring == builtin) {
                line.append(TextConversion.toText(execution, value));
            } else {
                Object text = LuaFunction.first(tostring instanceof LuaFunction function ? execution.call(function, value)
                        : Calls.callValue(execution, tostring, new Object[] { value }, null));
                if (!(text instanceof String) && !(text instanceof Number)) {
                    throw execution.error("'tostring' must return a string to 'print'");
                }
                line.append(LuaValues.toText(text));
            }
        }
        line.append('\n');
        state.write(line.finish());
        return LuaFunction.NOTHING;
    }

    private Object tonumber(LuaState unused, LuaArguments arguments) {
        if (arguments.get(2) == null) {
            return Numbers.toNumber(execution, arguments.any(1));
        }
        String text = arguments.string(1);
        long base = arguments.integer(2);
        if (base < 2 || base > 36) {
            throw arguments.error(2, "base out of range");
        }
        execution.stepsForBytes(text.length());
        return parse(trim(text), (int) base);
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && CharacterClass.isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && CharacterClass.isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static Object parse(String text, int base) {
        boolean negative = text.startsWith("-");
        int first = negative || text.startsWith("+") ? 1 : 0;
        if (text.length() == first) {
            return null;
        }
        double real = 0;
        long integer = 0;
        boolean fits = true;
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, base) : -1;
            if (digit < 0) {
                return null;
            }
            fits &= integer <= (Long.MAX_VALUE - digit) / base;
            integer = integer * base + digit;
            real = real * base + digit;
        }
        if (fits) {
            return negative ? -integer : integer;
        }
        return negative ? -real : real;
    }

    private static Object rawset(LuaState unused, LuaArguments arguments) {
        LuaTable table = arguments.table(1);
        table.set(arguments.any(2), arguments.any(3));
        return table;
    }

    private static Object rawlen(LuaState unused, LuaArguments arguments) {
        if (arguments.get(1) instanceof String string) {
            return (long) string.length();
        }
        if (arguments.get(1) instanceof LuaTable table) {
            return (long) table.length();
        }
        throw arguments.error(1, "table or string expected");
    }

    private Object select(LuaState unused, LuaArguments arguments) {
        if (arguments.get(1) instanceof String string && string.startsWith("#")) {
            return arguments.count() - 1L;
        }
        long number = arguments.integer(1);
        int count = arguments.count();
        if (number < 0) {
            number = count + number;
        }
        if (number < 1) {
            throw arguments.error(1, "index out of range");
        }
        if (number >= count) {
            return LuaFunction.NOTHING;
        }
        execution.steps((int) (count - number) >> 3);
        return arguments.from((int) number + 1);
    }

    private Object getmetatable(LuaState unused, LuaArguments arguments) {
        LuaTable metatable = Metamethods.metatable(execution, arguments.any(1));
        if (metatable == null) {
            return null;
        }
        Object protection = metatable.get("__metatable");
        return protection == null ? metatable : protection;
    }

    private Object setmetatable(LuaState unused, LuaArguments arguments) {
        LuaTable table = arguments.table(1);
        Object metatable = arguments.get(2);
        if (arguments.count() < 2 || metatable != null && !(metatable instanceof LuaTable)) {
            throw arguments.error(2, "nil or table expected");
        }
        if (table.metatable() != null && table.metatable().get("__metatable") != null) {
            throw execution.error("cannot change a protected metatable");
        }
        table.setMetatable((LuaTable) metatable);
        return table;
    }

    /** The function {@code next}. */
    private static final class NextFunction extends LuaFunction implements PairIterator {

        @Override
        public Object call(LuaState state, Object[] arguments) {
            LuaTable table = new LuaArguments(state, "next", arguments).table(1);
            return next(table, arguments.length < 2 ? null : arguments[1]);
        }

        @Override
        public Object call(LuaState state, Object table, Object key) {
            return table instanceof LuaTable fields ? next(fields, key) : call(state, new Object[] { table, key });
        }

        private static Object next(LuaTable table, Object key) {
            int position = table.next(table.position(key));
            return position == LuaTable.END ? null : new Object[] { table.keyAt(position), table.valueAt(position) };
        }

        @Override
        public String name() {
            return "next";
        }
    }

    /** The iterator of {@code ipairs}. */
    private static final class SequenceIterator extends LuaFunction {

        @Override
        public Object call(LuaState state, Object[] arguments) {
            LuaArguments list = new LuaArguments(state, "ipairs", arguments);
            return call(state, list.table(1), list.integer(2));
        }

        @Override
        public Object call(LuaState state, Object table, Object index) {
            if (!(table instanceof LuaTable list) || !(index instanceof Long number)) {
                return call(state, new Object[] { table, index });
            }
            Object value = list.get(number + 1);
            return value == null ? null : new Object[] { number + 1, value };
        }

        @Override
        public String name() {
            return "ipairs";
        }
    }
}
