package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Comparison;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** The operators {@code ==} and {@code ~=}. */
public final class EqualExpression extends BinaryExpression {

    private final boolean expected;

    /** Creates an expression, which returns whether the result of the comparison is as expected. */
    public EqualExpression(int line, Expression left, Expression right, int temporary, boolean expected) {
        super(line, left, right, temporary);
        this.expected = expected;
    }

    @Override
    public Object evaluate(Frame frame) {
        return test(frame);
    }

    @Override
    public boolean test(Frame frame) {
        Object first = left(frame);
        Object second = right.evaluate(frame);
        if (first == second) {
            return first instanceof Double number && number.isNaN() ? !expected : expected;
        }
        if (first == null || second == null) {
            return !expected;
        }
        if (first instanceof Long a && second instanceof Long b) {
            return a.longValue() == b.longValue() == expected;
        }
        frame.site = this;
        return Comparison.equal(frame.execution, first, second) == expected;
    }
}
