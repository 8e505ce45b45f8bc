package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Concatenation;
import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** The operator {@code ..} for two or more operands, whose values are in slots of the frame. */
public final class ConcatExpression extends Expression {

    private final Expression[] operands;
    private final int base;

    /** Creates an expression. */
    public ConcatExpression(int line, Expression[] operands, int base) {
        super(line, 1 + heightOf(operands));
        this.operands = operands;
        this.base = base;
    }

    @Override
    public Object evaluate(Frame frame) {
        Object[] slots = frame.slots;
        for (int i = 0; i < operands.length; i++) {
            slots[base + i] = operands[i].evaluate(frame);
        }
        frame.site = this;
        return Concatenation.concat(frame.execution, slots, base, operands);
    }
}
