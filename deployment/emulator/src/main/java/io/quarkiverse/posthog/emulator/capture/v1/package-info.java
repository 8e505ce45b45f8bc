/** Ingestion of events with version 1 of the protocol, whose response contains a result for each event. */
package io.quarkiverse.posthog.emulator.capture.v1;
