package io.quarkiverse.posthog.emulator.capture;

/** A rejected capture request, whose reason is sent as plain text. */
final class CaptureException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    CaptureException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
