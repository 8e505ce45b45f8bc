package io.quarkiverse.posthog.lua.engine.interpreter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds a Lua string. Its memory is charged as it grows, and it is a root until {@link #finish()}. */
public final class ByteBuilder {

    private static final int MAX_LENGTH = Integer.MAX_VALUE - 64;

    private final Execution execution;
    private final int root;
    private byte[] bytes;
    private int length;

    /** Creates an empty builder. */
    public ByteBuilder(Execution execution) {
        this(execution, 64);
    }

    /** Creates an empty builder for a length. */
    public ByteBuilder(Execution execution, int capacity) {
        this.execution = execution;
        this.root = execution.keep(this);
        execution.allocate(Sizes.string(capacity));
        this.bytes = new byte[capacity];
    }

    /** Adds a byte. */
    public void append(char value) {
        if (length == bytes.length) {
            grow(1);
        }
        bytes[length++] = (byte) value;
    }

    /** Adds a string. */
    public void append(String string) {
        append(string, 0, string.length());
    }

    /** Adds a part of a string. */
    @SuppressWarnings("deprecation") // the strings consist of bytes, which the method copies
    public void append(String string, int from, int to) {
        int added = to - from;
        if (added > bytes.length - length) {
            grow(added);
        }
        string.getBytes(from, to, bytes, length);
        length += added;
        execution.stepsForBytes(added);
    }

    /** Fills the builder up to a length, which is at most its capacity, with copies of its content. */
    public void repeat(int total) {
        execution.stepsForBytes(total);
        while (length < total) {
            int copied = Math.min(length, total - length);
            System.arraycopy(bytes, 0, bytes, length, copied);
            length += copied;
        }
    }

    /** Returns the string, and ends the use of the builder. */
    public String finish() {
        execution.allocate(Sizes.string(length));
        String result = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        long size = size();
        bytes = null;
        execution.release(size);
        execution.forget(root);
        return result;
    }

    long size() {
        return bytes == null ? 0 : Sizes.string(bytes.length);
    }

    private void grow(int added) {
        long needed = (long) length + added;
        if (needed > MAX_LENGTH) {
            throw execution.error("resulting string too large");
        }
        int capacity = (int) Math.min(MAX_LENGTH, Math.max(needed, bytes.length * 2L));
        long old = size();
        execution.allocate(Sizes.string(capacity));
        execution.stepsForBytes(length);
        bytes = Arrays.copyOf(bytes, capacity);
        execution.release(old);
    }
}
