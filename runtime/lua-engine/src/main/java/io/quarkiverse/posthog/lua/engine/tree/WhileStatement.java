package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A {@code while} loop. */
public final class WhileStatement extends Statement {

    private final Expression condition;
    private final Block body;

    /** Creates a statement. */
    public WhileStatement(int line, Expression condition, Block body) {
        super(line, 1 + heightOf(condition, body));
        this.condition = condition;
        this.body = body;
    }

    @Override
    public Signal execute(Frame frame) {
        while (condition.test(frame)) {
            Signal signal = body.execute(frame);
            if (signal != null) {
                if (signal == Signal.BREAK) {
                    break;
                }
                return signal;
            }
        }
        return null;
    }
}
