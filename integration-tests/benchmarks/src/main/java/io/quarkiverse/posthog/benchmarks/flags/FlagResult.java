package io.quarkiverse.posthog.benchmarks.flags;

/**
 * What {@link FlagBenchmark} has measured.
 *
 * @param nanos how long an evaluation takes
 * @param bytes what it allocates
 */
record FlagResult(String library, Scenario scenario, double nanos, double bytes) {
}
