/**
 * Compares the interpreter of scripts with luaj. {@code LuaComparison} is the entry point, and {@code LuaBenchmark} measures
 * with JMH.
 */
package io.quarkiverse.posthog.benchmarks.lua;
