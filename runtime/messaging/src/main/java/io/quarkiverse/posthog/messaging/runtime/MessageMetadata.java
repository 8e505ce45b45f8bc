package io.quarkiverse.posthog.messaging.runtime;

import io.quarkiverse.posthog.capture.ChannelEvent;

/** Returns the metadata that a connector uses for the message of a captured event. */
@FunctionalInterface
public interface MessageMetadata {

    Object of(ChannelEvent event);
}
