package io.quarkiverse.posthog.runtime.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Answers that are no success, as the REST client hands them on. */
public final class Refusals {

    private Refusals() {
    }

    /** With PostHog's error envelope around this detail. */
    public static HttpFailure of(int status, String type, String detail) {
        return new HttpFailure.Mapper().toThrowable(Response.status(status)
                .entity("{\"type\": \"" + type + "\", \"detail\": \"" + detail + "\"}").build());
    }

    /** @param retryAfter the header of that name; null for none */
    public static HttpFailure of(int status, String retryAfter) {
        Response.ResponseBuilder response = Response.status(status);
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        return new HttpFailure.Mapper().toThrowable(response.build());
    }
}
