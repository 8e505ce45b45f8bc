package io.quarkiverse.posthog.benchmarks.sink;

/**
 * The events in the received requests.
 *
 * @param events the number of events, including duplicates
 * @param uuids the number of different UUIDs
 * @param numbers the number of different values of the property {@code number} among the requested values
 */
public record SinkCount(long events, long uuids, long numbers) {
}
