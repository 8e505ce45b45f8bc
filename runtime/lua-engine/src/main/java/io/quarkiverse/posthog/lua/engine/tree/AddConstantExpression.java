package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Arithmetic;
import io.quarkiverse.posthog.lua.engine.interpreter.ArithmeticOperator;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** An addition or subtraction of an integer literal. */
public final class AddConstantExpression extends Expression {

    private final Expression left;
    private final Constant right;
    private final ArithmeticOperator operator;
    private final long added;

    /** Creates an expression for a literal that is not the smallest integer. */
    public AddConstantExpression(int line, Expression left, Constant right, ArithmeticOperator operator) {
        super(line, 1 + left.height);
        this.left = left;
        this.right = right;
        this.operator = operator;
        long literal = (Long) right.value();
        this.added = operator == ArithmeticOperator.ADD ? literal : -literal;
    }

    @Override
    public Object evaluate(Frame frame) {
        Object first = left.evaluate(frame);
        if (first instanceof Long number) {
            long x = number;
            long sum = x + added;
            if (((x ^ sum) & (added ^ sum)) >= 0) {
                return sum;
            }
        } else if (first instanceof Double number) {
            return number + added;
        }
        frame.site = this;
        return Arithmetic.apply(frame.execution, operator, first, right.value(), left, right);
    }
}
