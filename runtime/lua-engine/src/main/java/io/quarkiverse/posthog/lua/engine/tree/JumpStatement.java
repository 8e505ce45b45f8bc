package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A {@code break} or {@code goto} statement. */
public final class JumpStatement extends Statement {

    private Signal signal;

    /** Creates a statement. */
    public JumpStatement(int line, Signal signal) {
        super(line, 1);
        this.signal = signal;
    }

    /** Sets the label of a goto, while the function is being compiled. */
    public void setSignal(Signal signal) {
        this.signal = signal;
    }

    @Override
    public Signal execute(Frame frame) {
        return signal;
    }
}
