package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** An operator with two operands. While the right one is evaluated, the left value is in a slot of the frame. */
public abstract class BinaryExpression extends Expression {

    /** The left operand. */
    protected final Expression left;
    /** The right operand. */
    protected final Expression right;
    private final int temporary;
    private final boolean spill;

    BinaryExpression(int line, Expression left, Expression right, int temporary) {
        super(line, 1 + heightOf(left, right));
        this.left = left;
        this.right = right;
        this.temporary = temporary;
        this.spill = !right.isQuiet();
    }

    /** Returns the left value. */
    protected final Object left(Frame frame) {
        Object value = left.evaluate(frame);
        if (spill) {
            frame.slots[temporary] = value;
        }
        return value;
    }
}
