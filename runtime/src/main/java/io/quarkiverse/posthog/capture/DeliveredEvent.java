package io.quarkiverse.posthog.capture;

import io.quarkiverse.posthog.CaptureEvent;

/**
 * An event that PostHog has acknowledged.
 *
 * @param account the name of the account
 * @param event the event as it was sent
 */
public record DeliveredEvent(String account, CaptureEvent event) {
}
