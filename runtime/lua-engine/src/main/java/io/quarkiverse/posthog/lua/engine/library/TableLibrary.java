package io.quarkiverse.posthog.lua.engine.library;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.LuaValues;
import io.quarkiverse.posthog.lua.engine.interpreter.ByteBuilder;
import io.quarkiverse.posthog.lua.engine.interpreter.Execution;
import io.quarkiverse.posthog.lua.engine.interpreter.Numbers;
import io.quarkiverse.posthog.lua.engine.interpreter.TableAccess;

/** The library {@code table}. */
final class TableLibrary {

    private static final int MAX_RESULTS = 1_000_000;

    private TableLibrary() {
    }

    static void install(LuaState state, LuaTable library) {
        Execution execution = state.execution();
        Libraries.add(state, library, "concat", (s, a) -> concat(execution, a));
        Libraries.add(state, library, "insert", (s, a) -> insert(execution, a));
        Libraries.add(state, library, "remove", (s, a) -> remove(execution, a));
        Libraries.add(state, library, "unpack", (s, a) -> unpack(execution, a));
        Libraries.add(state, library, "pack", (s, a) -> pack(execution, a));
        Libraries.add(state, library, "maxn", (s, a) -> maxn(execution, a.table(1)));
        Libraries.add(state, library, "sort", (s, a) -> {
            new TableSort(execution, a).run();
            return LuaFunction.NOTHING;
        });
    }

    /** Returns the length with the metamethod {@code __len}. */
    static long length(Execution execution, LuaTable table) {
        if (table.metatable() == null) {
            return table.length();
        }
        Object length = TableAccess.length(execution, table, null);
        if (length instanceof Number number) {
            return number.longValue();
        }
        throw execution.error("object length is not a number");
    }

    private static Object concat(Execution execution, LuaArguments arguments) {
        LuaTable table = arguments.table(1);
        String separator = arguments.string(2, "");
        long from = arguments.integer(3, 1);
        long to = arguments.get(4) == null ? length(execution, table) : arguments.integer(4);
        ByteBuilder builder = new ByteBuilder(execution);
        for (long i = from; i <= to; i++) {
            execution.steps(1);
            Object value = table.get(i);
            if (value instanceof String string) {
                builder.append(string);
            } else if (value instanceof Number) {
                builder.append(LuaValues.toText(value));
            } else {
                throw execution
                        .error("invalid value (" + LuaValues.typeName(value) + ") at index " + i + " in table for 'concat'");
            }
            if (i == to) {
                break;
            }
            builder.append(separator);
        }
        return builder.finish();
    }

    private static Object insert(Execution execution, LuaArguments arguments) {
        LuaTable table = arguments.table(1);
        long end = length(execution, table) + 1;
        if (arguments.count() == 2) {
            table.set(end, arguments.get(2));
            return LuaFunction.NOTHING;
        }
        if (arguments.count() != 3) {
            throw execution.error("wrong number of arguments to 'insert'");
        }
        long position = arguments.integer(2);
        if (position < 1 || position > end) {
            throw arguments.error(2, "position out of bounds");
        }
        Object value = arguments.get(3);
        if (value != null && end - 1 == table.length() && position < end) {
            execution.steps((int) (end - position) >> 4);
            table.insert((int) position, value);
            return LuaFunction.NOTHING;
        }
        for (long i = end; i > position; i--) {
            execution.steps(1);
            table.set(i, table.get(i - 1));
        }
        table.set(position, value);
        return LuaFunction.NOTHING;
    }

    private static Object remove(Execution execution, LuaArguments arguments) {
        LuaTable table = arguments.table(1);
        long size = length(execution, table);
        long position = arguments.integer(2, size);
        if (arguments.count() > 1 && size + 1 != position && (position < 1 || position > size + 1)
                && !(size == 0 && position == 0)) {
            throw arguments.error(2, "position out of bounds");
        }
        if (size == table.length() && position >= 1 && position <= size) {
            execution.steps((int) (size - position) >> 4);
            return table.remove((int) position);
        }
        Object removed = table.get(position);
        for (long i = position; i < size; i++) {
            execution.steps(1);
            table.set(i, table.get(i + 1));
        }
        if (removed != null) {
            table.set(Math.max(position, size), null);
        }
        return removed;
    }

    private static Object unpack(Execution execution, LuaArguments arguments) {
        LuaTable table = arguments.table(1);
        long from = arguments.integer(2, 1);
        long to = arguments.get(3) == null ? length(execution, table) : arguments.integer(3);
        if (from > to) {
            return LuaFunction.NOTHING;
        }
        if (to - from < 0 || to - from >= MAX_RESULTS) {
            throw execution.error("too many results to unpack");
        }
        Object[] results = execution.newArray((int) (to - from) + 1);
        for (int i = 0; i < results.length; i++) {
            results[i] = table.get(from + i);
        }
        return results;
    }

    private static Object pack(Execution execution, LuaArguments arguments) {
        LuaTable table = execution.newTable();
        execution.keep(table);
        execution.steps(arguments.count() >> 2);
        Object[] values = arguments.from(1);
        table.store(1, values, 0, values.length);
        table.set("n", (long) values.length);
        return table;
    }

    private static Object maxn(Execution execution, LuaTable table) {
        double maximum = 0;
        int position = 0;
        while ((position = table.next(position)) != LuaTable.END) {
            execution.steps(1);
            if (table.keyAt(position) instanceof Number key) {
                maximum = Math.max(maximum, key.doubleValue());
            }
        }
        return Numbers.normalize(maximum);
    }
}
