package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;
import io.quarkiverse.posthog.lua.engine.interpreter.Signal;
import io.quarkiverse.posthog.lua.engine.interpreter.Statement;

/** A list of statements. Counts a step for each of them, and more for long expressions. */
public final class Block extends Statement {

    private static final int TOKENS_PER_STEP = 16;

    private final Statement[] statements;
    private final Signal[] labels;
    private final int[] targets;
    private final int cost;

    /**
     * Creates a block. The labels have the numbers of the statements that follow them. The tokens are counted in the source.
     */
    public Block(int line, Statement[] statements, Signal[] labels, int[] targets, int tokens) {
        super(line, 1 + heightOf(statements));
        this.statements = statements;
        this.labels = labels;
        this.targets = targets;
        this.cost = Math.max(1, Math.max(statements.length, tokens / TOKENS_PER_STEP));
    }

    @Override
    public Signal execute(Frame frame) {
        frame.execution.steps(cost);
        Statement[] list = statements;
        for (int i = 0; i < list.length; i++) {
            Signal signal = list[i].execute(frame);
            if (signal != null) {
                int target = target(signal);
                if (target < 0) {
                    return signal;
                }
                frame.execution.steps(cost);
                i = target - 1;
            }
        }
        return null;
    }

    private int target(Signal signal) {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == signal) {
                return targets[i];
            }
        }
        return -1;
    }
}
