package io.quarkiverse.posthog.lua.engine.interpreter;

/**
 * Estimates of the memory of objects, in bytes. They are not below the size on a JVM with compressed references, where an
 * object has a
 * header of 12 bytes, a reference has 4, and sizes are multiples of 8.
 *
 * <p>
 * A number is not charged when it is computed. Instead, each place that can hold a value is charged with the reference and the
 * box of
 * a number, so a loop that only computes causes no charges.
 */
public final class Sizes {

    /** The box of a number. */
    public static final int NUMBER = 16;
    /** A place for a value: a reference and the box of a number. */
    public static final int SLOT = 4 + NUMBER;
    /** A table without its arrays. */
    public static final int TABLE = 64;
    /** A captured local variable. */
    public static final int CELL = 24 + NUMBER;
    /** A closure without its upvalues. */
    public static final int CLOSURE = 56;
    /** An active function without its slots, and what the Java stack has for it. */
    public static final int FRAME = 384;
    /** A Lua string without its bytes. */
    public static final int STRING = 48;

    private Sizes() {
    }

    /** Returns the size of an array of values. */
    public static long slots(int length) {
        return 24 + (long) SLOT * length;
    }

    /** Returns the size of an array of references or integers, whose targets are counted elsewhere. */
    public static long array(int length) {
        return 24 + 4L * length;
    }

    /** Returns the size of a string. */
    public static long string(long length) {
        return STRING + length;
    }
}
