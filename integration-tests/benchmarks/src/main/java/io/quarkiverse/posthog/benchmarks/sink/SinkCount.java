package io.quarkiverse.posthog.benchmarks.sink;

/**
 * The events in what has arrived.
 *
 * @param events how many, with those that came more than once
 * @param uuids how many different uuids they have
 * @param numbers how many different values of the property {@code number}, of those that were asked for
 */
public record SinkCount(long events, long uuids, long numbers) {
}
