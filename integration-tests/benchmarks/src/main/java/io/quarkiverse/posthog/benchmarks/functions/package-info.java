/**
 * Measures the overhead of calling a function for agents: validation, policy and dispatch. {@code FunctionMeasurement} is the
 * entry point, and {@code FunctionBenchmark} measures with JMH.
 */
package io.quarkiverse.posthog.benchmarks.functions;
