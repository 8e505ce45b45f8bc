package io.quarkiverse.posthog.emulator.store;

/** The order of events with the same timestamp. */
public enum EqualTimestampOrder {
    /** As they came in, on every read. */
    INSERTION,
    /** Another order on every read, which ClickHouse is free to do. */
    SHUFFLED
}
