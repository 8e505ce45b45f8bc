package io.quarkiverse.posthog.runtime.capture.spool;

import java.io.IOException;

/** The spool can't do what it should; the message says why and names its directory. */
public class SpoolException extends IOException {

    public SpoolException(String message) {
        super(message);
    }

    public SpoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
