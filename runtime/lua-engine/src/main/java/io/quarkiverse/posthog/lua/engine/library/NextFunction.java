package io.quarkiverse.posthog.lua.engine.library;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.interpreter.PairIterator;

/** The function {@code next}. */
final class NextFunction extends LuaFunction implements PairIterator {

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
