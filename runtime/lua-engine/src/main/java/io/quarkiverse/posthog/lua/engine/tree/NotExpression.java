package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** The operator {@code not}. */
public final class NotExpression extends Expression {

    private final Expression operand;

    /** Creates an expression. */
    public NotExpression(int line, Expression operand) {
        super(line, 1 + operand.height);
        this.operand = operand;
    }

    @Override
    public Object evaluate(Frame frame) {
        return !operand.test(frame);
    }

    @Override
    public boolean test(Frame frame) {
        return !operand.test(frame);
    }
}
