package io.quarkiverse.posthog.runtime.lua;

import io.quarkiverse.posthog.lua.engine.LuaState;
import io.quarkiverse.posthog.lua.engine.LuaTable;

/**
 * Marks that distinguish JSON values which are the same in Lua: the value of null in arrays, the metatable of arrays, and the
 * metatable of objects whose fields begin with a dollar sign. Each state has its own.
 */
final class JsonMarks {

    private static final String DOLLAR = "$";

    private final LuaTable nullValue;
    private final LuaTable arrays;
    private final LuaTable objects;

    JsonMarks(LuaState state) {
        nullValue = state.newTable();
        LuaTable ofNull = state.newTable();
        ofNull.set("__tostring", state.function("json.null", (caller, arguments) -> "null"));
        ofNull.set("__metatable", "null");
        nullValue.setMetatable(ofNull);
        arrays = state.newTable();
        arrays.set("__name", "array");
        objects = state.newTable();
        objects.set("__index",
                state.function("__index", (caller, arguments) -> withDollar(caller, arguments.get(1), arguments.get(2))));
    }

    /** PostHog's own properties begin with a dollar sign, which Lua's names cannot have. */
    private static Object withDollar(LuaState state, Object table, Object key) {
        if (!(table instanceof LuaTable object) || !(key instanceof String name) || name.startsWith(DOLLAR)) {
            return null;
        }
        state.allocate(name.length() + 64L);
        return object.get(DOLLAR + name);
    }

    LuaTable nullValue() {
        return nullValue;
    }

    boolean isNull(Object value) {
        return value == nullValue;
    }

    boolean isArray(LuaTable table) {
        return table.metatable() == arrays;
    }

    void markArray(LuaTable table) {
        table.setMetatable(arrays);
    }

    /** Marks an object, after a field was set. */
    void markObject(LuaTable table, String name) {
        if (name.startsWith(DOLLAR)) {
            table.setMetatable(objects);
        }
    }

}
