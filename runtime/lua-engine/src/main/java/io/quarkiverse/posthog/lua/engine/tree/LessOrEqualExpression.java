package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Comparison;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** The operators {@code <=} and {@code >=}. */
public final class LessOrEqualExpression extends BinaryExpression {

    private final boolean swapped;

    /** Creates an expression. If swapped, the operands are compared in the other order than they are evaluated. */
    public LessOrEqualExpression(int line, Expression left, Expression right, int temporary, boolean swapped) {
        super(line, left, right, temporary);
        this.swapped = swapped;
    }

    @Override
    public Object evaluate(Frame frame) {
        return test(frame);
    }

    @Override
    public boolean test(Frame frame) {
        Object first = left(frame);
        Object second = right.evaluate(frame);
        if (first instanceof Long a && second instanceof Long b) {
            long x = a;
            long y = b;
            return swapped ? y <= x : x <= y;
        }
        frame.site = this;
        return swapped ? Comparison.lessOrEqual(frame.execution, second, first)
                : Comparison.lessOrEqual(frame.execution, first, second);
    }
}
