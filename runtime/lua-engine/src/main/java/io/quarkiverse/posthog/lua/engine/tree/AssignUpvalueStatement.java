package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** An assignment to a local variable of an enclosing function. */
public final class AssignUpvalueStatement extends Statement {

    private final int index;
    private final Expression value;

    /** Creates a statement. */
    public AssignUpvalueStatement(int line, int index, Expression value) {
        super(line, 1 + value.height);
        this.index = index;
        this.value = value;
    }

    @Override
    public Signal execute(Frame frame) {
        frame.closure.upvalues[index].value = value.evaluate(frame);
        return null;
    }
}
