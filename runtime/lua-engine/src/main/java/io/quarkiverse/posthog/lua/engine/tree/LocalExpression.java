package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Cell;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.LocalVariable;

/** A local variable of the function. */
public final class LocalExpression extends Expression {

    private final LocalVariable variable;
    private final int slot;

    /** Creates a use of a variable. */
    public LocalExpression(int line, LocalVariable variable) {
        super(line, 1);
        this.variable = variable;
        this.slot = variable.slot;
    }

    /** Returns the variable. */
    public LocalVariable variable() {
        return variable;
    }

    @Override
    public Object evaluate(Frame frame) {
        Object value = frame.slots[slot];
        return value instanceof Cell cell ? cell.value : value;
    }

    @Override
    public boolean isQuiet() {
        return true;
    }

    @Override
    public String describe() {
        return "local '" + variable.name + "'";
    }

    @Override
    public String path() {
        return variable.name;
    }
}
