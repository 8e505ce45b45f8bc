package io.quarkiverse.posthog.runtime.flags.definitions;

/** What instances share can't be used; the log says so already. */
final class SharingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SharingException(String message) {
        super(message, null, false, false);
    }
}
