/**
 * The ingestion server of the benchmarks, which runs in its own process. {@code SinkControl} has the commands with which a
 * benchmark starts it, lets it fail, and reads its counts.
 */
package io.quarkiverse.posthog.benchmarks.sink;
