package io.quarkiverse.posthog.emulator.control;

/** Bad input to the control API; the message names what is wrong. */
final class ControlException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ControlException(String message) {
        super(message, null, false, false);
    }
}
