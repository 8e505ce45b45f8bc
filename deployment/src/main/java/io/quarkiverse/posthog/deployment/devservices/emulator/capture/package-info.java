/** Ingestion of events. */
package io.quarkiverse.posthog.deployment.devservices.emulator.capture;
