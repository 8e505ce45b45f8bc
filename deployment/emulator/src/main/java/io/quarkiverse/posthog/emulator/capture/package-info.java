/** Ingestion of events. */
package io.quarkiverse.posthog.emulator.capture;
