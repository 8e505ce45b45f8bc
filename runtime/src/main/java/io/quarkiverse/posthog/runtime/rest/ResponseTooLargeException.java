package io.quarkiverse.posthog.runtime.rest;

/** Indicates that the body of a response is larger than the configured limit. */
final class ResponseTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ResponseTooLargeException(long limit, String key) {
        super("it is larger than " + limit + " bytes; raise " + key + " to accept larger responses", null, false, false);
    }
}
