package io.quarkiverse.posthog.messaging;

import io.quarkiverse.posthog.capture.DropReason;

/** The reason for which a message is negatively acknowledged: its event was rejected permanently. */
public class RejectedEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final DropReason reason;

    /** @param detail the message of PostHog or of the extension; may be null */
    public RejectedEventException(DropReason reason, String detail) {
        super(detail == null ? reason.name() : reason + ": " + detail);
        this.reason = reason;
    }

    /** Returns the reason. */
    public DropReason reason() {
        return reason;
    }
}
