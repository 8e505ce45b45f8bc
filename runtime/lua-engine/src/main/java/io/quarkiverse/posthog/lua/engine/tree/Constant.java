package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A literal. */
public final class Constant extends Expression {

    private final Object value;

    /** Creates a literal. */
    public Constant(int line, Object value) {
        super(line, 1);
        this.value = value;
    }

    /** Returns the value. */
    public Object value() {
        return value;
    }

    @Override
    public Object evaluate(Frame frame) {
        return value;
    }

    @Override
    public boolean isQuiet() {
        return true;
    }
}
