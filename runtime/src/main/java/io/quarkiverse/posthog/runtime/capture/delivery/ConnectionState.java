package io.quarkiverse.posthog.runtime.capture.delivery;

import java.time.Instant;
import java.util.List;

import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.capture.wire.Batch;
import io.smallrye.mutiny.subscription.Cancellable;

/** The state of the only request of a batcher. */
sealed interface ConnectionState {

    /** The events that the batcher loses if it is closed in this state. */
    default List<QueuedEvent> events() {
        return List.of();
    }

    /** The batch whose result is expected; null if there is none. */
    default Batch batch() {
        return null;
    }

    /** A request can be sent. */
    record Idle() implements ConnectionState {
    }

    /** A batch is encoded again before it is sent: a retry, a part of a batch, or a batch with an outdated sending time. */
    record Encoding(Batch batch) implements ConnectionState {

        @Override
        public List<QueuedEvent> events() {
            return batch.events();
        }
    }

    /**
     * A batch is sent.
     *
     * @param request cancels the request; null until it is subscribed to
     */
    record Sending(Batch batch, Cancellable request) implements ConnectionState {

        @Override
        public List<QueuedEvent> events() {
            return batch.events();
        }
    }

    /**
     * No request is sent for a while.
     *
     * @param requested whether PostHog requested the pause
     */
    record Paused(Instant until, boolean requested, ScheduledTask end) implements ConnectionState {
    }

    /** No request is sent anymore. */
    record Closed() implements ConnectionState {
    }
}
