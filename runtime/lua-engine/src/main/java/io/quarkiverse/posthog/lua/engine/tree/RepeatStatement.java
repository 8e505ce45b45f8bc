package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A {@code repeat} loop, whose condition sees the local variables of the body. */
public final class RepeatStatement extends Statement {

    private final Block body;
    private final Expression condition;

    /** Creates a statement. */
    public RepeatStatement(int line, Block body, Expression condition) {
        super(line, 1 + heightOf(condition, body));
        this.body = body;
        this.condition = condition;
    }

    @Override
    public Signal execute(Frame frame) {
        do {
            Signal signal = body.execute(frame);
            if (signal != null) {
                if (signal == Signal.BREAK) {
                    break;
                }
                return signal;
            }
        } while (!condition.test(frame));
        return null;
    }
}
