package io.quarkiverse.posthog.lua.engine.library;

import io.quarkiverse.posthog.lua.engine.LuaArguments;
import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaTable;

/** The iterator of {@code ipairs}. */
final class SequenceIterator extends LuaFunction {

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
