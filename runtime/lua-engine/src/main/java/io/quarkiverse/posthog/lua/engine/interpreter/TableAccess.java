package io.quarkiverse.posthog.lua.engine.interpreter;

import io.quarkiverse.posthog.lua.engine.LuaError;
import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.LuaValues;
import io.quarkiverse.posthog.lua.engine.tree.Expression;

/** Access to fields with the metamethods {@code __index}, {@code __newindex} and {@code __len}. */
public final class TableAccess {

    private static final int MAX_CHAIN = 100;

    private TableAccess() {
    }

    /** Returns the field of a value. The expression of the value is for the error message, and can be null. */
    public static Object index(Execution execution, Object value, Object key, Expression expression) {
        Object object = value;
        for (int i = 0; i < MAX_CHAIN; i++) {
            Object handler;
            if (object instanceof LuaTable table) {
                Object field = table.get(key);
                if (field != null || table.metatable() == null) {
                    return field;
                }
                handler = table.metatable().get("__index");
                if (handler == null) {
                    return null;
                }
            } else {
                handler = Metamethods.of(execution, object, "__index");
                if (handler == null) {
                    throw notIndexable(execution, object, expression);
                }
            }
            if (handler instanceof LuaFunction) {
                return Metamethods.call(execution, handler, object, key);
            }
            object = handler;
        }
        throw execution.error("loop in gettable");
    }

    /** Assigns a field of a value. */
    public static void assign(Execution execution, Object value, Object key, Object assigned, Expression expression) {
        Object object = value;
        for (int i = 0; i < MAX_CHAIN; i++) {
            Object handler;
            if (object instanceof LuaTable table) {
                LuaTable metatable = table.metatable();
                handler = metatable == null || table.get(key) != null ? null : metatable.get("__newindex");
                if (handler == null) {
                    table.set(key, assigned);
                    return;
                }
            } else {
                handler = Metamethods.of(execution, object, "__newindex");
                if (handler == null) {
                    throw notIndexable(execution, object, expression);
                }
            }
            if (handler instanceof LuaFunction) {
                Metamethods.call(execution, handler, object, key, assigned);
                return;
            }
            object = handler;
        }
        throw execution.error("loop in settable");
    }

    /** Returns the length of a value. */
    public static Object length(Execution execution, Object value, Expression expression) {
        if (value instanceof String string) {
            return (long) string.length();
        }
        Object handler = Metamethods.of(execution, value, "__len");
        if (handler != null) {
            return Metamethods.call(execution, handler, value, value);
        }
        if (value instanceof LuaTable table) {
            return (long) table.length();
        }
        throw execution.error("attempt to get length of a " + LuaValues.typeName(value) + " value" + Calls.name(expression));
    }

    private static LuaError notIndexable(Execution execution, Object object, Expression expression) {
        return execution.error("attempt to index a " + LuaValues.typeName(object) + " value" + Calls.name(expression));
    }
}
