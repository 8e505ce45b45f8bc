package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** An {@code if} statement with all its branches. */
public final class IfStatement extends Statement {

    private final Expression[] conditions;
    private final Block[] blocks;
    private final Block otherwise;

    /** Creates a statement. The last block can be null. */
    public IfStatement(int line, Expression[] conditions, Block[] blocks, Block otherwise) {
        super(line, 1 + Math.max(heightOf(conditions), Math.max(heightOf(blocks), heightOf(otherwise))));
        this.conditions = conditions;
        this.blocks = blocks;
        this.otherwise = otherwise;
    }

    @Override
    public Signal execute(Frame frame) {
        for (int i = 0; i < conditions.length; i++) {
            if (conditions[i].test(frame)) {
                return blocks[i].execute(frame);
            }
        }
        return otherwise == null ? null : otherwise.execute(frame);
    }
}
