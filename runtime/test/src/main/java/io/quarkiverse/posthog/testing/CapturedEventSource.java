package io.quarkiverse.posthog.testing;

/** Reads the captured events of an account. */
interface CapturedEventSource {

    String account();

    /** Returns whether all captured events have arrived when they are read. */
    boolean isInProcess();

    CaptureSnapshot read();
}
