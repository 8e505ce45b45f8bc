package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Cell;
import io.quarkiverse.posthog.lua.engine.interpreter.Execution;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.TableAccess;

/** An assignment to several variables: all tables, keys and values are computed before the first of them is assigned. */
public final class AssignListStatement extends Statement {

    private final Expression[] targets;
    private final ExpressionList values;
    private final int base;

    /** Creates a statement. Each target has two slots, for the table and the key, and then each value has one. */
    public AssignListStatement(int line, Expression[] targets, ExpressionList values, int base) {
        super(line, 1 + Math.max(heightOf(targets), values.height));
        this.targets = targets;
        this.values = values;
        this.base = base;
    }

    @Override
    public Signal execute(Frame frame) {
        Object[] slots = frame.slots;
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] instanceof IndexExpression target) {
                slots[base + 2 * i] = target.table().evaluate(frame);
                slots[base + 2 * i + 1] = target.key().evaluate(frame);
            } else if (targets[i] instanceof FieldExpression target) {
                slots[base + 2 * i] = target.table().evaluate(frame);
            }
        }
        int first = base + 2 * targets.length;
        values.store(frame, first, targets.length);
        frame.site = this;
        for (int i = targets.length - 1; i >= 0; i--) {
            assign(frame, targets[i], slots[base + 2 * i], slots[base + 2 * i + 1], slots[first + i]);
        }
        return null;
    }

    private static void assign(Frame frame, Expression target, Object table, Object key, Object value) {
        Execution execution = frame.execution;
        if (target instanceof LocalExpression local) {
            Object[] slots = frame.slots;
            int slot = local.variable().slot;
            if (slots[slot] instanceof Cell cell) {
                cell.value = value;
            } else {
                slots[slot] = value;
            }
        } else if (target instanceof UpvalueExpression upvalue) {
            frame.closure.upvalues[upvalue.index()].value = value;
        } else if (target instanceof GlobalExpression global) {
            TableAccess.assign(execution, execution.globals, global.name(), value, null);
        } else if (target instanceof FieldExpression field) {
            TableAccess.assign(execution, table, field.name(), value, field.table());
        } else {
            TableAccess.assign(execution, table, key, value, ((IndexExpression) target).table());
        }
    }
}
