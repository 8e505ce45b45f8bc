package io.quarkiverse.posthog.benchmarks.capture;

/**
 * The events of a run with faults. The number of delivered events is counted after the process has ended.
 *
 * @param attempted the number of captured events
 * @param accepted the number of accepted events, if the library reports it
 */
record FaultResult(int attempted, int accepted) {
}
