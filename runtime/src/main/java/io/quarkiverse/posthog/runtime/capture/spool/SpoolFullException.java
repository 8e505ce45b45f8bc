package io.quarkiverse.posthog.runtime.capture.spool;

/** The record does not fit any more; it does after enough others were acknowledged or dropped. */
public class SpoolFullException extends SpoolException {

    public SpoolFullException(String message) {
        super(message);
    }
}
