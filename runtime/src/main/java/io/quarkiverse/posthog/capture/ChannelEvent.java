package io.quarkiverse.posthog.capture;

import io.quarkiverse.posthog.CaptureEvent;

/**
 * An event that is written to a channel.
 *
 * @param account the name of the account
 * @param channel the channel of the account, {@code capture.channel}
 * @param event the complete event: data of the request, UUID, timestamp and hooks are applied
 * @param json the event in PostHog's capture format. The field {@code from_listener} is true if a {@link CaptureListener}
 *        captured the event; see {@link EventDelivery#isFromListener()}
 */
public record ChannelEvent(String account, String channel, CaptureEvent event, String json) {
}
