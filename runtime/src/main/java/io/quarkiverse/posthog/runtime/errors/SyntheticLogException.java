package io.quarkiverse.posthog.runtime.errors;

/** Represents a log message without an exception. */
final class SyntheticLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String logger;

    /**
     * Creates an exception.
     *
     * @param place the place where the message was logged
     */
    SyntheticLogException(String logger, String message, StackTraceElement place) {
        super(message, null, false, true);
        this.logger = logger == null || logger.isBlank() ? "log" : logger;
        setStackTrace(new StackTraceElement[] { place });
    }

    String logger() {
        return logger;
    }

    /** Does nothing, because nothing was thrown. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
