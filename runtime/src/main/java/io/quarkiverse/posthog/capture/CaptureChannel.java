package io.quarkiverse.posthog.capture;

import io.quarkiverse.posthog.PostHogAccount;
import io.smallrye.mutiny.Uni;

/**
 * Writes captured events to a channel, such as a message broker, from which another process delivers them to PostHog.
 * <p>
 * An account with the configuration {@code capture.channel} passes its events to the CDI bean of this type instead of its
 * queue. A bean with the qualifier {@link PostHogAccount} is for that account only. The extension
 * {@code quarkus-posthog-messaging} provides a bean for channels of Quarkus Messaging.
 * <p>
 * The process that reads the channel delivers the events with {@link
 * io.quarkiverse.posthog.EventCapture#deliverAll}.
 */
@FunctionalInterface
public interface CaptureChannel {

    /**
     * Writes an event. Called when the event is captured, on the thread that captures it, so it must not block. Called again
     * after a failure, on another thread.
     *
     * @return completes when the channel has stored the event. If it fails, or if the method throws an exception, the event is
     *         written again after a delay, with the same UUID and timestamp
     */
    Uni<Void> send(ChannelEvent event);
}
