package io.quarkiverse.posthog.testing;

/** Where events are read from, again and again if need be. */
interface CapturedEventSource {

    String account();

    /** Whether everything that was captured has arrived when it is read. */
    boolean isInProcess();

    CaptureSnapshot read();
}
