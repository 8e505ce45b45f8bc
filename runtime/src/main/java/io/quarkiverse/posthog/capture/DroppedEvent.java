package io.quarkiverse.posthog.capture;

import java.util.Optional;

import io.quarkiverse.posthog.CaptureEvent;

/**
 * An event that will not reach PostHog.
 *
 * @param account the account it was captured with
 * @param event the event, as far as it was put together
 * @param reason why
 * @param detail what PostHog or the extension said about it; empty when there is nothing to say
 */
public record DroppedEvent(String account, CaptureEvent event, DropReason reason, Optional<String> detail) {
}
