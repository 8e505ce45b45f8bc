package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A statement. */
public abstract class Statement extends Node {

    Statement(int line, int height) {
        super(line, height);
    }

    /** Runs the statement. Returns null, or why the block around it ends. */
    public abstract Signal execute(Frame frame);
}
