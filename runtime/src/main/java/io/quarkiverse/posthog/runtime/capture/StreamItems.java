package io.quarkiverse.posthog.runtime.capture;

import java.util.List;

import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult;
import io.quarkiverse.posthog.runtime.capture.event.PreprocessingResult.Discarded;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;

/** Turns the items of a stream into events, and receives the outcome of the events. */
@FunctionalInterface
interface StreamItems<T> {

    /** Never fails. */
    PreprocessingResult process(T item);

    /** The item did not become an event to send. */
    default void discarded(T item, Discarded event) {
    }

    /** Whether another system keeps events that the account has not delivered when it is closed, so that they are not lost. */
    default boolean isKept() {
        return false;
    }

    default void delivered(List<QueuedEvent> events) {
    }

    default void dropped(List<QueuedEvent> events, DropReason reason, String detail) {
    }
}
