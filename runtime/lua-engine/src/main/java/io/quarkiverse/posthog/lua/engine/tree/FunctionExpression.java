package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.LuaClosure;
import io.quarkiverse.posthog.lua.engine.interpreter.Prototype;

/** A function, which captures the variables that it uses. */
public final class FunctionExpression extends Expression {

    private final Prototype prototype;

    /** Creates an expression. */
    public FunctionExpression(int line, Prototype prototype) {
        super(line, 1);
        this.prototype = prototype;
    }

    @Override
    public Object evaluate(Frame frame) {
        return LuaClosure.create(prototype, frame);
    }
}
