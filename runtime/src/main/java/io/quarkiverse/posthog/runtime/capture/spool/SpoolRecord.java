package io.quarkiverse.posthog.runtime.capture.spool;

/** What was read. */
public record SpoolRecord(long sequence, byte[] payload) {
}
