/** Compiles sources: {@code Parser} reads tokens and creates the executable syntax tree, with a slot for each variable. */
package io.quarkiverse.posthog.lua.engine.parser;
