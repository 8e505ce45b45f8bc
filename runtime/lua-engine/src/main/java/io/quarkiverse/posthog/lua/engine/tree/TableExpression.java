package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.interpreter.Execution;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A table constructor. */
public final class TableExpression extends Expression {

    private final Expression[] items;
    private final Expression[] keys;
    private final Expression[] values;
    private final Expression rest;
    private final int temporary;

    /**
     * Creates an expression: values of the sequence, keys and values of other fields, and an expression for all further values.
     */
    public TableExpression(int line, Expression[] items, Expression[] keys, Expression[] values, Expression rest,
            int temporary) {
        super(line, 1 + Math.max(heightOf(items), Math.max(heightOf(keys), Math.max(heightOf(values), heightOf(rest)))));
        this.items = items;
        this.keys = keys;
        this.values = values;
        this.rest = rest;
        this.temporary = temporary;
    }

    @Override
    public Object evaluate(Frame frame) {
        Execution execution = frame.execution;
        execution.steps(1 + items.length + keys.length);
        LuaTable table = execution.newTable();
        Object[] slots = frame.slots;
        slots[temporary] = table;
        table.reserve(items.length, keys.length);
        for (int i = 0; i < keys.length; i++) {
            Object key = keys[i].evaluate(frame);
            slots[temporary + 1] = key;
            Object value = values[i].evaluate(frame);
            slots[temporary + 2] = value;
            frame.site = keys[i];
            table.set(key, value);
        }
        for (int i = 0; i < items.length; i++) {
            table.place(i + 1, items[i].evaluate(frame));
        }
        if (rest != null) {
            Object more = rest.evaluateAll(frame);
            slots[temporary + 1] = more;
            Object[] list = LuaFunction.all(more);
            execution.steps(list.length >> 2);
            table.store(items.length + 1, list, 0, list.length);
        }
        return table;
    }
}
