package io.quarkiverse.posthog.lua.engine.interpreter;

import io.quarkiverse.posthog.lua.engine.LuaFunction;

/**
 * An active call of a closure, or of a Java function that calls back.
 *
 * <p>
 * The slots hold the local variables and, above them, the temporary values of expressions that are being evaluated. This keeps
 * every
 * value that is needed after a call visible for the computation of the memory in use: an expression that has a value in a Java
 * variable while another expression is evaluated has it in a slot, too.
 */
public final class Frame {

    private static final Object[] NO_SLOTS = {};

    /** The state of the script. */
    public final Execution execution;
    /** The closure, or null for a Java function. */
    public final LuaClosure closure;
    /** Local variables and temporary values. */
    public final Object[] slots;
    /** The additional arguments of a function with {@code ...}. */
    public Object[] varargs = LuaFunction.NOTHING;
    /** The closure that the Java caller has called, if a tail call has replaced it. */
    LuaClosure entry;
    Frame caller;
    /** The expression or statement that called a function last, or that failed. */
    public Node site;
    /** The values of a return statement, or the arguments of its tail call. */
    public Object result;
    /** The function of a tail call. */
    public LuaFunction tail;

    Frame(Execution execution) {
        this.execution = execution;
        this.closure = null;
        this.slots = NO_SLOTS;
    }

    Frame(LuaClosure closure) {
        this.execution = closure.execution;
        this.closure = closure;
        this.slots = new Object[closure.prototype.frameSize];
    }

    /** Declares a local variable. */
    public static void declare(Object[] slots, LocalVariable variable, Object value, Execution execution) {
        if (variable.captured()) {
            execution.allocate(Sizes.CELL);
            slots[variable.slot] = new Cell(value);
        } else {
            slots[variable.slot] = value;
        }
    }

    String position() {
        return closure == null || site == null ? "" : closure.prototype.chunkName + ":" + site.line + ": ";
    }
}
