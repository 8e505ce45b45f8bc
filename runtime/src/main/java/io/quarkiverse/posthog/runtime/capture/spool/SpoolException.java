package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.IOException;

/** A failure of the spool; the message contains the cause and the directory. */
public class SpoolException extends IOException {

    private long dropped;

    public SpoolException(String message) {
        super(message);
    }

    public SpoolException(String message, Throwable cause) {
        super(message, cause);
    }

    public SpoolException dropped(long dropped) {
        this.dropped = dropped;
        return this;
    }

    /** The number of unread records that were dropped to make room before the failure. */
    public long dropped() {
        return dropped;
    }
}
