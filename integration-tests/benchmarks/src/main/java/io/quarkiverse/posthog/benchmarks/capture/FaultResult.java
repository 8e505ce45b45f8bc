package io.quarkiverse.posthog.benchmarks.capture;

/**
 * What a library took during a run with faults. How many of them arrived is known when its process has ended.
 *
 * @param attempted how many events were captured
 * @param accepted how many of them the library took, as far as it tells
 */
record FaultResult(int attempted, int accepted) {
}
