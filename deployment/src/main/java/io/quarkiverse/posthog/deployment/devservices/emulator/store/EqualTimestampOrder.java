package io.quarkiverse.posthog.deployment.devservices.emulator.store;

/** In which order events of one timestamp are read. */
public enum EqualTimestampOrder {
    /** As they came in, on every read. */
    INSERTION,
    /** Another order on every read, which ClickHouse is free to do. */
    SHUFFLED
}
