package io.quarkiverse.posthog.capture;

import java.util.Optional;

import io.quarkiverse.posthog.CaptureEvent;

/**
 * A dropped event.
 *
 * @param account the name of the account
 * @param event the event, possibly incomplete
 * @param reason the reason
 * @param detail the message of PostHog or of the extension; may be empty
 */
public record DroppedEvent(String account, CaptureEvent event, DropReason reason, Optional<String> detail) {
}
