package io.quarkiverse.posthog.benchmarks.sink;

/**
 * What has arrived, without a look into it.
 *
 * @param requests how many requests were acknowledged
 * @param bytes the size of their bodies, as they were sent
 * @param last when the last one was, in milliseconds since the epoch
 */
public record SinkTraffic(long requests, long bytes, long last) {
}
