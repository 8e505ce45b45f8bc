package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A {@code return} statement with exactly one value. */
public final class ReturnValueStatement extends Statement {

    private final Expression value;

    /** Creates a statement. */
    public ReturnValueStatement(int line, Expression value) {
        super(line, 1 + value.height);
        this.value = value;
    }

    @Override
    public Signal execute(Frame frame) {
        frame.result = value.evaluate(frame);
        return Signal.RETURN;
    }
}
