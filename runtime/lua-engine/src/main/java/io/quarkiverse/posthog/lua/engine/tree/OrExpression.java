package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.LuaValues;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** The operator {@code or}. */
public final class OrExpression extends Expression {

    private final Expression left;
    private final Expression right;

    /** Creates an expression. */
    public OrExpression(int line, Expression left, Expression right) {
        super(line, 1 + heightOf(left, right));
        this.left = left;
        this.right = right;
    }

    @Override
    public Object evaluate(Frame frame) {
        Object value = left.evaluate(frame);
        return LuaValues.isTrue(value) ? value : right.evaluate(frame);
    }

    @Override
    public boolean test(Frame frame) {
        return left.test(frame) || right.test(frame);
    }
}
