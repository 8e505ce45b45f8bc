package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A local variable of an enclosing function. */
public final class UpvalueExpression extends Expression {

    private final String name;
    private final int index;

    /** Creates a use of a variable. */
    public UpvalueExpression(int line, String name, int index) {
        super(line, 1);
        this.name = name;
        this.index = index;
    }

    /** Returns the number of the upvalue. */
    public int index() {
        return index;
    }

    @Override
    public Object evaluate(Frame frame) {
        return frame.closure.upvalues[index].value;
    }

    @Override
    public boolean isQuiet() {
        return true;
    }

    @Override
    public String describe() {
        return "upvalue '" + name + "'";
    }

    @Override
    public String path() {
        return name;
    }
}
