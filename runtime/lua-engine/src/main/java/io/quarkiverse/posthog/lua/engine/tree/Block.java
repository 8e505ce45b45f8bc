package io.quarkiverse.posthog.lua.engine.tree;

import io.quarkiverse.posthog.lua.engine.interpreter.Frame;

/** A list of statements. Counts a step for each of them. */
public final class Block extends Statement {

    private final Statement[] statements;
    private final Signal[] labels;
    private final int[] targets;
    private final int cost;

    /** Creates a block. The labels have the numbers of the statements that follow them. */
    public Block(int line, Statement[] statements, Signal[] labels, int[] targets) {
        super(line, 1 + heightOf(statements));
        this.statements = statements;
        this.labels = labels;
        this.targets = targets;
        this.cost = Math.max(1, statements.length);
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
