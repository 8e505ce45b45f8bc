package io.quarkiverse.posthog.lua.engine.interpreter;

/** A part of the executable syntax tree of a function. It has no state. */
public abstract class Node {

    /** The line in the source. */
    public final int line;
    /** The number of nested nodes, which limits the depth of the Java stack. */
    public final int height;

    /** Creates a node. */
    protected Node(int line, int height) {
        this.line = line;
        this.height = height;
    }

    /** Returns whether this is a call of a method, whose object is the first argument. */
    public boolean isMethodCall() {
        return false;
    }

    /** Returns the largest height of nodes, which can be null. */
    protected static int heightOf(Node... nodes) {
        int result = 0;
        for (Node node : nodes) {
            if (node != null) {
                result = Math.max(result, node.height);
            }
        }
        return result;
    }
}
