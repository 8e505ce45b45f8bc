package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** The additional arguments: {@code ...}. */
public final class VarargExpression extends Expression {

    /** Creates an expression. */
    public VarargExpression(int line) {
        super(line, 1);
    }

    @Override
    public Object evaluate(Frame frame) {
        Object[] values = frame.varargs;
        return values.length == 0 ? null : values[0];
    }

    @Override
    public Object evaluateAll(Frame frame) {
        return frame.varargs;
    }

    @Override
    public boolean isMultiple() {
        return true;
    }
}
