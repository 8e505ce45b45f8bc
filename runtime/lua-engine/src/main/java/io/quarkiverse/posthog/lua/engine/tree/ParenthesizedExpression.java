package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A call or {@code ...} in parentheses, which has exactly one value. */
public final class ParenthesizedExpression extends Expression {

    private final Expression inner;

    /** Creates an expression. */
    public ParenthesizedExpression(Expression inner) {
        super(inner.line, 1 + inner.height);
        this.inner = inner;
    }

    @Override
    public Object evaluate(Frame frame) {
        return inner.evaluate(frame);
    }
}
