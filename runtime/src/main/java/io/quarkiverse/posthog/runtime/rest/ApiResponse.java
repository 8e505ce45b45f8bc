package io.quarkiverse.posthog.runtime.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/**
 * An HTTP response.
 *
 * @param url the URL of the request; null if it is not available
 * @param headers finds the value of a header by its name; null if it is not present
 * @param body the content, truncated if the response is not successful and large
 */
public record ApiResponse(String url, int status, UnaryOperator<String> headers, byte[] body) {

    private static final int NOT_MODIFIED = 304;
    private static final int TEMPORARY_REDIRECT = 307;
    private static final int PERMANENT_REDIRECT = 308;

    /** Reads the response of the REST client, with its content. */
    static ApiResponse of(Response response) throws IOException {
        return new ApiResponse(null, response.getStatus(), response::getHeaderString, content(response.getEntity()));
    }

    private static byte[] content(Object entity) throws IOException {
        if (entity instanceof InputStream stream) {
            try (stream) {
                return stream.readAllBytes();
            }
        }
        return entity instanceof byte[] bytes ? bytes : new byte[0];
    }

    public String header(String name) {
        return headers.apply(name);
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Returns whether the content is the same as in an earlier response. */
    public boolean isNotModified() {
        return status == NOT_MODIFIED;
    }

    boolean isError() {
        return status >= 400 && status < 600;
    }

    boolean isRedirect() {
        return status >= 300 && status < 400 && !isNotModified();
    }

    /** Returns whether the same request, including its body, must be sent to another location. */
    boolean isMoved() {
        return status == TEMPORARY_REDIRECT || status == PERMANENT_REDIRECT;
    }

    String location() {
        return header(HttpHeaders.LOCATION);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "HTTP status " + status + ", " + body.length + " bytes";
    }
}
