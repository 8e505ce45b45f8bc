package io.quarkiverse.posthog.benchmarks.sink;

/**
 * The received requests, without parsing them.
 *
 * @param requests the number of acknowledged requests
 * @param bytes the size of their bodies, as they were sent
 * @param last the time of the last request, in milliseconds since the epoch
 */
public record SinkTraffic(long requests, long bytes, long last) {
}
