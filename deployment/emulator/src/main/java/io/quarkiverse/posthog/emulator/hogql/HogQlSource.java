package io.quarkiverse.posthog.emulator.hogql;

import java.util.stream.Stream;

import io.quarkiverse.posthog.emulator.store.TimeRange;

/** The events table. */
@FunctionalInterface
public interface HogQlSource {

    /** Rows of a range of timestamps, by timestamp. */
    Stream<HogQlRow> rows(TimeRange range, boolean descending);
}
