package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.LocalVariable;

/** The declaration of local variables with a list of values. */
public final class LocalListStatement extends Statement {

    private final LocalVariable[] variables;
    private final ExpressionList values;

    /** Creates a statement. The values are computed in the slots of the variables. */
    public LocalListStatement(int line, LocalVariable[] variables, ExpressionList values) {
        super(line, 1 + values.height);
        this.variables = variables;
        this.values = values;
    }

    @Override
    public Signal execute(Frame frame) {
        Object[] slots = frame.slots;
        values.store(frame, variables[0].slot, variables.length);
        for (LocalVariable variable : variables) {
            if (variable.captured()) {
                Frame.declare(slots, variable, slots[variable.slot], frame.execution);
            }
        }
        return null;
    }
}
