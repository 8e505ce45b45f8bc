package io.quarkiverse.posthog.benchmarks.capture;

/**
 * What {@link CallerBenchmark} has measured for a library.
 *
 * @param nanos how long capturing an event takes, in the median of the batches
 * @param cpuNanos how much of the processor the caller needs for it
 * @param bytes what the caller allocates for it
 */
record CallerResult(double nanos, double cpuNanos, double bytes) {
}
