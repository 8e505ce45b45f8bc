/**
 * PostHog in Quarkus Messaging: the connector {@code quarkus-posthog}, which delivers the messages of an outgoing channel, and
 * {@link io.quarkiverse.posthog.messaging.EventMapper} for messages with objects of the application.
 */
package io.quarkiverse.posthog.messaging;
