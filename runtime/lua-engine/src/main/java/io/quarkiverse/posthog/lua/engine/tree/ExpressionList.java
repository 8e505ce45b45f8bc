package io.quarkiverse.posthog.lua.engine.tree;

import java.util.Arrays;

import io.quarkiverse.posthog.lua.engine.interpreter.Calls;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A list of expressions, whose last one can have any number of values. */
public final class ExpressionList extends Node {

    private final Expression[] expressions;
    private final boolean multiple;

    /** Creates a list. */
    public ExpressionList(int line, Expression[] expressions) {
        super(line, 1 + heightOf(expressions));
        this.expressions = expressions;
        this.multiple = expressions.length > 0 && expressions[expressions.length - 1].isMultiple();
    }

    /** Returns the number of expressions. */
    public int size() {
        return expressions.length;
    }

    /** Returns an expression. */
    public Expression get(int index) {
        return expressions[index];
    }

    /** Stores exactly this number of values into slots. The slots of values that are dropped are used for a moment. */
    public void store(Frame frame, int first, int wanted) {
        Object[] slots = frame.slots;
        int given = expressions.length;
        int single = multiple ? given - 1 : given;
        for (int i = 0; i < single; i++) {
            Object value = expressions[i].evaluate(frame);
            if (i < wanted) {
                slots[first + i] = value;
            }
        }
        int stored = single;
        if (multiple) {
            Object results = expressions[single].evaluateAll(frame);
            if (results instanceof Object[] values) {
                for (int i = 0; i < values.length && stored < wanted; i++) {
                    slots[first + stored++] = values[i];
                }
            } else if (stored < wanted) {
                slots[first + stored++] = results;
            }
        }
        for (; stored < wanted; stored++) {
            slots[first + stored] = null;
        }
    }

    /** Returns all values as results. While they are computed, they are in slots. */
    public Object results(Frame frame, int first) {
        Object[] slots = frame.slots;
        int given = expressions.length;
        int single = multiple ? given - 1 : given;
        for (int i = 0; i < single; i++) {
            slots[first + i] = expressions[i].evaluate(frame);
        }
        if (multiple) {
            Object more = expressions[single].evaluateAll(frame);
            return Calls.join(frame.execution, slots, first, single, more);
        }
        return Arrays.copyOfRange(slots, first, first + single);
    }
}
