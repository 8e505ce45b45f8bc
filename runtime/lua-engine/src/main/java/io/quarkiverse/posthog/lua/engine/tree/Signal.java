package io.quarkiverse.posthog.lua.engine.tree;

/** Why a statement ends the block around it: a break, a return, or a goto, which has a signal of its own for each label. */
public final class Signal {

    /** Ends the innermost loop. */
    public static final Signal BREAK = new Signal();
    /** Ends the function, whose results are in the frame. */
    public static final Signal RETURN = new Signal();
    /** Ends the function, and calls the function in the frame in its place. */
    public static final Signal TAIL_CALL = new Signal();

    /** Creates the signal of a label. */
    public Signal() {
    }
}
