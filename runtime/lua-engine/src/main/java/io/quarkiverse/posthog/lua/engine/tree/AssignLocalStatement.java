package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Cell;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.LocalVariable;

/** An assignment to a local variable of the function. */
public final class AssignLocalStatement extends Statement {

    private final int slot;
    private final Expression value;

    /** Creates a statement. */
    public AssignLocalStatement(int line, LocalVariable variable, Expression value) {
        super(line, 1 + value.height);
        this.slot = variable.slot;
        this.value = value;
    }

    @Override
    public Signal execute(Frame frame) {
        Object assigned = value.evaluate(frame);
        Object[] slots = frame.slots;
        if (slots[slot] instanceof Cell cell) {
            cell.value = assigned;
        } else {
            slots[slot] = assigned;
        }
        return null;
    }
}
