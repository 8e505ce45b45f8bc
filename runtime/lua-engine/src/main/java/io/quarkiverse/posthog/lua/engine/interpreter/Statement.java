package io.quarkiverse.posthog.lua.engine.interpreter;

/** A statement. */
public abstract class Statement extends Node {

    /** Creates a statement. */
    protected Statement(int line, int height) {
        super(line, height);
    }

    /** Runs the statement. Returns null, or why the block around it ends. */
    public abstract Signal execute(Frame frame);
}
