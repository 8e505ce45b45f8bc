/** The executable syntax tree: each expression evaluates itself, and each statement executes itself, in a frame. */
package io.quarkiverse.posthog.lua.engine.tree;
