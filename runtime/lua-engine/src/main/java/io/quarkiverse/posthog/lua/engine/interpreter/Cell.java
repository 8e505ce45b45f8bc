package io.quarkiverse.posthog.lua.engine.interpreter;

/** A local variable that a closure captured. A slot of a frame has the cell instead of the value. */
public final class Cell {

    /** The value of the variable. */
    public Object value;
    private int mark;

    /** Creates a variable. */
    public Cell(Object value) {
        this.value = value;
    }

    boolean marked(int epoch) {
        boolean before = mark == epoch;
        mark = epoch;
        return before;
    }
}
