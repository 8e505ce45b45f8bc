package io.quarkiverse.posthog.runtime.rest;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** An HTTP answer that is no success, on its way from the REST client to {@link ApiErrors}. */
public final class HttpFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;
    private final String location;
    private final Duration retryAfter;

    private HttpFailure(int status, String body, String location, Duration retryAfter) {
        super("HTTP status " + status, null, false, false);
        this.status = status;
        this.body = body;
        this.location = location;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    String body() {
        return body;
    }

    /** Where a redirect leads; null for anything else. */
    String location() {
        return location;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /**
     * Redirects are failures too: they are not followed, since the key must not go to another host. That nothing has changed
     * (304) is the answer to a question.
     */
    static final class Mapper implements ResponseExceptionMapper<HttpFailure> {

        @Override
        public boolean handles(int status, MultivaluedMap<String, Object> headers) {
            return status >= 300 && status != Response.Status.NOT_MODIFIED.getStatusCode();
        }

        @Override
        public HttpFailure toThrowable(Response response) {
            return new HttpFailure(response.getStatus(), body(response), response.getHeaderString(HttpHeaders.LOCATION),
                    retryAfter(response.getHeaderString(HttpHeaders.RETRY_AFTER)));
        }

        private static String body(Response response) {
            try {
                return response.hasEntity() ? response.readEntity(String.class) : "";
            } catch (ProcessingException | IllegalStateException e) {
                return "";
            }
        }
    }

    /**
     * The header {@code Retry-After}: seconds, as PostHog sends them; the other form, a date, is that of proxies. Null for
     * none.
     */
    public static Duration retryAfter(String header) {
        if (header == null) {
            return null;
        }
        try {
            return Duration.ofSeconds(Math.max(0, Long.parseLong(header.strip())));
        } catch (NumberFormatException e) {
            return untilDate(header.strip());
        }
    }

    private static Duration untilDate(String header) {
        try {
            Duration wait = Duration.between(Instant.now(), ZonedDateTime
                    .parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
