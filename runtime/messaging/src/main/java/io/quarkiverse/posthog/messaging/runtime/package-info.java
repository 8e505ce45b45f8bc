/**
 * The connector for Quarkus Messaging. {@code PostHogConnector} delivers messages, which {@code MessageDelivery} acknowledges.
 * {@code MessagingCaptureChannel} writes captured events to a channel. Uses only the public API of the extension.
 */
package io.quarkiverse.posthog.messaging.runtime;
