package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Cell;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.LocalVariable;

/** The declaration of a local function, which can call itself. */
public final class LocalFunctionStatement extends Statement {

    private final LocalVariable variable;
    private final Expression function;

    /** Creates a statement. */
    public LocalFunctionStatement(int line, LocalVariable variable, Expression function) {
        super(line, 1 + function.height);
        this.variable = variable;
        this.function = function;
    }

    @Override
    public Signal execute(Frame frame) {
        Frame.declare(frame.slots, variable, null, frame.execution);
        Object value = function.evaluate(frame);
        if (frame.slots[variable.slot] instanceof Cell cell) {
            cell.value = value;
        } else {
            frame.slots[variable.slot] = value;
        }
        return null;
    }
}
