package io.quarkiverse.posthog.lua.engine.interpreter;

/** A declaration of a local variable. */
public final class LocalVariable {

    /** The name in the source. */
    public final String name;
    /** The slot of the frame. */
    public final int slot;
    private boolean captured;

    /** Creates a variable that no closure captures yet. */
    public LocalVariable(String name, int slot) {
        this.name = name;
        this.slot = slot;
    }

    /** Returns whether an inner function uses the variable. */
    public boolean captured() {
        return captured;
    }

    /** Notes that an inner function uses the variable, while its function is being compiled. */
    public void capture() {
        captured = true;
    }
}
