package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Arithmetic;
import io.quarkiverse.posthog.lua.engine.interpreter.ArithmeticOperator;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** The operator {@code *}. */
public final class MultiplyExpression extends BinaryExpression {

    /** Creates an expression. */
    public MultiplyExpression(int line, Expression left, Expression right, int temporary) {
        super(line, left, right, temporary);
    }

    @Override
    public Object evaluate(Frame frame) {
        Object first = left(frame);
        Object second = right.evaluate(frame);
        if (first instanceof Long a && second instanceof Long b) {
            long x = a;
            long y = b;
            long high = Math.multiplyHigh(x, y);
            long product = x * y;
            if (high == product >> 63) {
                return product;
            }
        } else if (first instanceof Double a && second instanceof Double b) {
            double x = a;
            double y = b;
            return x * y;
        }
        frame.site = this;
        return Arithmetic.apply(frame.execution, ArithmeticOperator.MULTIPLY, first, second, left, right);
    }
}
