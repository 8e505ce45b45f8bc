package io.quarkiverse.posthog.lua.engine.interpreter;

/** An expression. */
public abstract class Expression extends Node {

    private static final int MAX_NAME = 80;

    /** Creates an expression. */
    protected Expression(int line, int height) {
        super(line, height);
    }

    /** Returns exactly one value. */
    public abstract Object evaluate(Frame frame);

    /** Returns one value, or an array with any other number of values. */
    public Object evaluateAll(Frame frame) {
        return evaluate(frame);
    }

    /** Returns whether the value is true in a condition. */
    public boolean test(Frame frame) {
        Object value = evaluate(frame);
        return value != null && value != Boolean.FALSE;
    }

    /** Returns whether the expression can have any number of values: a call or {@code ...}. */
    public boolean isMultiple() {
        return false;
    }

    /**
     * Returns whether the evaluation neither calls a function nor allocates memory, so that no other value must be kept for it.
     */
    public boolean isQuiet() {
        return false;
    }

    /** Returns the kind and the name of the variable for error messages, such as {@code local 'x'}, or null. */
    public String describe() {
        return null;
    }

    /** Returns the name of the variable as it is written in the source, such as {@code a.b}, or null. */
    public String path() {
        return null;
    }

    /** Shortens a name for a message. A script can choose a very long one. */
    public static String abbreviate(String name) {
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "...";
    }
}
