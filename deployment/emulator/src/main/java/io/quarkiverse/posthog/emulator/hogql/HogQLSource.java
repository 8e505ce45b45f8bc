package io.quarkiverse.posthog.emulator.hogql;

import java.util.stream.Stream;

import io.quarkiverse.posthog.emulator.store.TimeRange;

/** The events table. */
@FunctionalInterface
public interface HogQLSource {

    /** Rows of a range of timestamps, by timestamp. */
    Stream<HogQLRow> rows(TimeRange range, boolean descending);
}
