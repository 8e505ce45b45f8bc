/**
 * Ingestion of events with version 0 of the protocol, and the parts that all versions share. {@code CaptureApi} receives
 * requests, {@code CaptureParser} reads them, and {@code Ingestion} stores events and updates persons. Version 1 is in
 * {@code v1}.
 */
package io.quarkiverse.posthog.emulator.capture;
