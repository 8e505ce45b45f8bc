package io.quarkiverse.posthog.lua.engine.interpreter;

import io.quarkiverse.posthog.lua.engine.tree.Block;

/** The compiled code of a function. It has no state, so threads can share it. */
public final class Prototype {

    final String chunkName;
    final String name;
    final int line;
    final LocalVariable[] parameters;
    final boolean vararg;
    final Upvalue[] upvalues;
    final int frameSize;
    final Block body;
    final boolean capturesParameters;
    /** How much of the Java stack a call can use, in nested expressions and statements. */
    final int weight;
    final int frameBytes;

    /** Creates a function. */
    public Prototype(String chunkName, String name, int line, LocalVariable[] parameters, boolean vararg, Upvalue[] upvalues,
            int frameSize, Block body) {
        this.chunkName = chunkName;
        this.name = name;
        this.line = line;
        this.parameters = parameters;
        this.vararg = vararg;
        this.upvalues = upvalues;
        this.frameSize = frameSize;
        this.body = body;
        boolean captures = false;
        for (LocalVariable parameter : parameters) {
            captures |= parameter.captured();
        }
        this.capturesParameters = captures;
        this.weight = 1 + body.height;
        this.frameBytes = Sizes.FRAME + (int) Sizes.slots(frameSize);
    }
}
