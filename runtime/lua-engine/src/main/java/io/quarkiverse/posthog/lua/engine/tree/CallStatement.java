package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A call whose results are dropped. */
public final class CallStatement extends Statement {

    private final CallExpression call;

    /** Creates a statement. */
    public CallStatement(CallExpression call) {
        super(call.line, 1 + call.height);
        this.call = call;
    }

    @Override
    public Signal execute(Frame frame) {
        call.evaluateAll(frame);
        return null;
    }
}
