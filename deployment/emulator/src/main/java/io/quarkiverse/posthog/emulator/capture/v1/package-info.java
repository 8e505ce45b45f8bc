/** Ingestion of events by version 1 of the protocol, which tells for every event what became of it. */
package io.quarkiverse.posthog.emulator.capture.v1;
