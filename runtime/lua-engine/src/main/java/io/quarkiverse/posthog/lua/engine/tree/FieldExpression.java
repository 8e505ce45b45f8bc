package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.LuaStrings;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.TableAccess;

/** A field with a constant name: {@code t.name}. */
public final class FieldExpression extends Expression {

    private final Expression table;
    private final String name;

    /** Creates a use of a field. */
    public FieldExpression(int line, Expression table, String name) {
        super(line, 1 + table.height);
        this.table = table;
        this.name = name;
    }

    /** Returns the table. */
    public Expression table() {
        return table;
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    @Override
    public Object evaluate(Frame frame) {
        Object object = table.evaluate(frame);
        if (object instanceof LuaTable fields) {
            Object value = fields.get(name);
            if (value != null || fields.metatable() == null) {
                return value;
            }
        }
        frame.site = this;
        return TableAccess.index(frame.execution, object, name, table);
    }

    @Override
    public String describe() {
        return "field '" + LuaStrings.toJava(path()) + "'";
    }

    @Override
    public String path() {
        String prefix = table.path();
        return prefix == null ? name : prefix + "." + name;
    }
}
