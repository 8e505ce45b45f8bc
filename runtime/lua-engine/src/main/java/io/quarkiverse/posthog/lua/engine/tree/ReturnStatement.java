package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A {@code return} statement. */
public final class ReturnStatement extends Statement {

    private final ExpressionList values;
    private final int base;

    /** Creates a statement. The values are computed in slots of the frame. */
    public ReturnStatement(int line, ExpressionList values, int base) {
        super(line, 1 + values.height);
        this.values = values;
        this.base = base;
    }

    @Override
    public Signal execute(Frame frame) {
        frame.result = values.results(frame, base);
        return Signal.RETURN;
    }
}
