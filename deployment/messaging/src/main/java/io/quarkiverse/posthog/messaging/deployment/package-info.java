/** The build steps of the connector for Quarkus Messaging. */
package io.quarkiverse.posthog.messaging.deployment;
