package io.quarkiverse.posthog.lua.engine.tree;

/** A part of the executable syntax tree of a function. It has no state. */
public abstract class Node {

    /** The line in the source. */
    public final int line;
    /** The number of nested nodes, which limits the depth of the Java stack. */
    public final int height;

    Node(int line, int height) {
        this.line = line;
        this.height = height;
    }

    static int heightOf(Node... nodes) {
        int result = 0;
        for (Node node : nodes) {
            if (node != null) {
                result = Math.max(result, node.height);
            }
        }
        return result;
    }
}
