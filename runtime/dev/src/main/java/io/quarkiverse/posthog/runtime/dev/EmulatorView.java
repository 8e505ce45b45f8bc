package io.quarkiverse.posthog.runtime.dev;

/**
 * The data that an emulator stores, for the Dev UI.
 *
 * @param bytes the estimated memory of the data
 * @param maxBytes the limit of this memory
 * @param evictedEvents the number of events that were evicted to stay within the limit
 * @param evictedPersons the number of persons that were evicted to stay within the limit
 */
public record EmulatorView(long bytes, long maxBytes, long events, long evictedEvents, long persons, long evictedPersons) {
}
