package io.quarkiverse.posthog.runtime.dev;

/**
 * The data that an emulator stores, as the Dev UI shows it.
 *
 * @param bytes an estimate of the memory that the data takes
 * @param maxBytes the limit of this memory
 * @param evictedEvents how many events were evicted to stay within the limit
 * @param evictedPersons how many persons were evicted to stay within the limit
 */
public record EmulatorView(long bytes, long maxBytes, long events, long evictedEvents, long persons, long evictedPersons) {
}
