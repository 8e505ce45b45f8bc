package io.quarkiverse.posthog.lua.engine.tree;

/** Marks the function {@code next}, which a generic loop over a table does not have to call. */
public interface PairIterator {
}
