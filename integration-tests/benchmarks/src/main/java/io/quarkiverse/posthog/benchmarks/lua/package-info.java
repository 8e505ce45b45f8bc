/**
 * Compares the interpreter of scripts with luaj. {@code LuaComparison} is the entry point, and {@code LuaRuns} measures in
 * processes without Quarkus.
 */
package io.quarkiverse.posthog.benchmarks.lua;
