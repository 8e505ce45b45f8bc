package io.quarkiverse.posthog.benchmarks.flags;

/**
 * The result of {@link FlagBenchmark}.
 *
 * @param nanos the time of an evaluation
 * @param bytes the memory that it allocates
 */
record FlagResult(String library, Scenario scenario, double nanos, double bytes) {
}
