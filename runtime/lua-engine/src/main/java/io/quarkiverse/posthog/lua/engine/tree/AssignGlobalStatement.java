package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.TableAccess;

/** An assignment to a global variable. */
public final class AssignGlobalStatement extends Statement {

    private final String name;
    private final Expression value;
    private final int temporary;

    /** Creates a statement. The value is in a slot of the frame. */
    public AssignGlobalStatement(int line, String name, Expression value, int temporary) {
        super(line, 1 + value.height);
        this.name = name;
        this.value = value;
        this.temporary = temporary;
    }

    @Override
    public Signal execute(Frame frame) {
        Object assigned = value.evaluate(frame);
        frame.site = this;
        frame.slots[temporary] = assigned;
        TableAccess.assign(frame.execution, frame.execution.globals, name, assigned, null);
        return null;
    }
}
