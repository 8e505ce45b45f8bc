package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Arithmetic;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** The operator {@code -} with one operand. */
public final class NegateExpression extends Expression {

    private final Expression operand;

    /** Creates an expression. */
    public NegateExpression(int line, Expression operand) {
        super(line, 1 + operand.height);
        this.operand = operand;
    }

    @Override
    public Object evaluate(Frame frame) {
        Object value = operand.evaluate(frame);
        if (value instanceof Double number) {
            return -number;
        }
        if (value instanceof Long number && number != Long.MIN_VALUE) {
            return -number;
        }
        frame.site = this;
        return Arithmetic.negate(frame.execution, value, operand);
    }
}
