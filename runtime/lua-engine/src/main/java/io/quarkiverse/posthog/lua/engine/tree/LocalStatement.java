package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.LocalVariable;

/** The declaration of one local variable with at most one value. */
public final class LocalStatement extends Statement {

    private final LocalVariable variable;
    private final Expression value;

    /** Creates a statement. Without a value, the variable is nil. */
    public LocalStatement(int line, LocalVariable variable, Expression value) {
        super(line, 1 + heightOf(value));
        this.variable = variable;
        this.value = value;
    }

    @Override
    public Signal execute(Frame frame) {
        Object initial = value == null ? null : value.evaluate(frame);
        if (variable.captured()) {
            frame.slots[variable.slot] = initial;
            Frame.declare(frame.slots, variable, initial, frame.execution);
        } else {
            frame.slots[variable.slot] = initial;
        }
        return null;
    }
}
