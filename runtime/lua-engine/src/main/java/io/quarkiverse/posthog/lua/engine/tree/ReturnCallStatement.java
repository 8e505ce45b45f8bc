package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A {@code return} statement with a tail call, which needs no further level of the stack. */
public final class ReturnCallStatement extends Statement {

    private final CallExpression call;

    /** Creates a statement. */
    public ReturnCallStatement(int line, CallExpression call) {
        super(line, 1 + call.height);
        this.call = call;
    }

    @Override
    public Signal execute(Frame frame) {
        call.prepareTailCall(frame);
        return Signal.TAIL_CALL;
    }
}
