package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.TableAccess;

/** A global variable. */
public final class GlobalExpression extends Expression {

    private final String name;

    /** Creates a use of a variable. */
    public GlobalExpression(int line, String name) {
        super(line, 1);
        this.name = name;
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    @Override
    public Object evaluate(Frame frame) {
        LuaTable globals = frame.execution.globals;
        Object value = globals.get(name);
        if (value != null || globals.metatable() == null) {
            return value;
        }
        frame.site = this;
        return TableAccess.index(frame.execution, globals, name, null);
    }

    @Override
    public String describe() {
        return "global '" + LuaStrings.toJava(name) + "'";
    }

    @Override
    public String path() {
        return name;
    }
}
