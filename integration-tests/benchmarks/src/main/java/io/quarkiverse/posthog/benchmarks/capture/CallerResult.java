package io.quarkiverse.posthog.benchmarks.capture;

/**
 * The result of {@link CallerBenchmark} for a library.
 *
 * @param nanos the time to capture an event, in the median of the batches
 * @param cpuNanos the CPU time of the caller
 * @param bytes the memory that the caller allocates
 */
record CallerResult(double nanos, double cpuNanos, double bytes) {
}
