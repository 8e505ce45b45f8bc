package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Arithmetic;
import io.quarkiverse.posthog.lua.engine.interpreter.ArithmeticOperator;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** An arithmetic operator that needs no fast path. */
public final class ArithmeticExpression extends BinaryExpression {

    private final ArithmeticOperator operator;

    /** Creates an expression. */
    public ArithmeticExpression(int line, ArithmeticOperator operator, Expression left, Expression right, int temporary) {
        super(line, left, right, temporary);
        this.operator = operator;
    }

    @Override
    public Object evaluate(Frame frame) {
        Object first = left(frame);
        Object second = right.evaluate(frame);
        frame.site = this;
        return Arithmetic.apply(frame.execution, operator, first, second, left, right);
    }
}
