package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.LuaFunction;
import io.quarkiverse.posthog.lua.engine.LuaTable;
import io.quarkiverse.posthog.lua.engine.interpreter.Calls;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.LocalVariable;

/** A generic {@code for} loop. */
public final class GenericForStatement extends Statement {

    private final LocalVariable[] variables;
    private final ExpressionList iterator;
    private final Block body;
    private final int base;

    /** Creates a statement. The iterator function, its state and its control variable are in three slots of the frame. */
    public GenericForStatement(int line, LocalVariable[] variables, ExpressionList iterator, Block body, int base) {
        super(line, 2 + heightOf(iterator, body));
        this.variables = variables;
        this.iterator = iterator;
        this.body = body;
        this.base = base;
    }

    @Override
    public Signal execute(Frame frame) {
        iterator.store(frame, base, 3);
        Object[] slots = frame.slots;
        if (slots[base] instanceof PairIterator && slots[base + 1] instanceof LuaTable table && slots[base + 2] == null) {
            return traverse(frame, table);
        }
        Object function = slots[base];
        while (true) {
            frame.site = this;
            Object results;
            if (function instanceof LuaFunction target) {
                results = target.call(frame.execution.state, slots[base + 1], slots[base + 2]);
            } else {
                results = Calls.callValue(frame.execution, function, new Object[] { slots[base + 1], slots[base + 2] }, null);
            }
            Object control = LuaFunction.first(results);
            if (control == null) {
                return null;
            }
            slots[base + 2] = control;
            declare(frame, results);
            Signal signal = body.execute(frame);
            if (signal != null) {
                return signal == Signal.BREAK ? null : signal;
            }
        }
    }

    /** Runs the loop of {@code pairs} without calls of {@code next}. */
    private Signal traverse(Frame frame, LuaTable table) {
        int position = 0;
        while ((position = table.next(position)) != LuaTable.END) {
            Object[] slots = frame.slots;
            for (int i = 0; i < variables.length; i++) {
                Object value = i == 0 ? table.keyAt(position) : i == 1 ? table.valueAt(position) : null;
                slots[variables[i].slot] = value;
            }
            capture(frame);
            Signal signal = body.execute(frame);
            if (signal != null) {
                return signal == Signal.BREAK ? null : signal;
            }
        }
        return null;
    }

    private void declare(Frame frame, Object results) {
        Object[] slots = frame.slots;
        if (results instanceof Object[] values) {
            for (int i = 0; i < variables.length; i++) {
                slots[variables[i].slot] = i < values.length ? values[i] : null;
            }
        } else {
            slots[variables[0].slot] = results;
            for (int i = 1; i < variables.length; i++) {
                slots[variables[i].slot] = null;
            }
        }
        capture(frame);
    }

    private void capture(Frame frame) {
        for (LocalVariable variable : variables) {
            if (variable.captured()) {
                Frame.declare(frame.slots, variable, frame.slots[variable.slot], frame.execution);
            }
        }
    }
}
