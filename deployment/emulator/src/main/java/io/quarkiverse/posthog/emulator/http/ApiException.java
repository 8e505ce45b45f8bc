package io.quarkiverse.posthog.emulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error response in PostHog's envelope, or in another form if PostHog deviates from it. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient EmulatorResponse response;

    private ApiException(EmulatorResponse response, String message) {
        // No stack trace, because the exception is a regular response
        super(message, null, false, false);
        this.response = response;
    }

    public EmulatorResponse response() {
        return response;
    }

    public static ApiException of(int status, ObjectNode body) {
        return new ApiException(EmulatorResponse.of(status, body), body.toString());
    }

    /** An error that is not JSON. */
    public static ApiException text(int status, String body) {
        return new ApiException(EmulatorResponse.text(status, body), body);
    }

    public static ApiException envelope(int status, String type, String code, String detail, String attr) {
        ObjectNode body = EmulatorJson.object().put("type", type).put("code", code).put("detail", detail).put("attr", attr);
        return of(status, body);
    }

    /** 400 without a certain field. */
    public static ApiException invalid(String detail) {
        return invalid("invalid_input", detail, null);
    }

    public static ApiException invalid(String code, String detail, String attr) {
        return envelope(400, "validation_error", code, detail, attr);
    }

    public static ApiException parseError(String detail) {
        return envelope(400, "invalid_request", "parse_error", "JSON parse error - " + detail, null);
    }

    public static ApiException unauthenticated() {
        return envelope(401, "authentication_error", "not_authenticated",
                "Authentication credentials were not provided.", null);
    }

    public static ApiException authenticationFailed(String detail) {
        return envelope(401, "authentication_error", "authentication_failed", detail, null);
    }

    public static ApiException missingScope(String scope) {
        return forbidden("API key missing required scope '" + scope + "'");
    }

    public static ApiException forbidden(String detail) {
        return envelope(403, "authentication_error", "permission_denied", detail, null);
    }

    public static ApiException notFound() {
        return notFound("Not found.");
    }

    public static ApiException notFound(String detail) {
        return envelope(404, "invalid_request", "not_found", detail, null);
    }

    public static ApiException methodNotAllowed(String method) {
        return envelope(405, "invalid_request", "method_not_allowed", "Method \"" + method + "\" not allowed.", null);
    }

    public static ApiException conflict(String detail) {
        return envelope(409, "server_error", "conflict", detail, null);
    }

    public static ApiException tooLarge() {
        return envelope(413, "invalid_request", "request_too_large", "Request body is too large.", null);
    }

    public static ApiException unsupportedMediaType(String mediaType) {
        return envelope(415, "invalid_request", "unsupported_media_type",
                "Unsupported media type \"" + mediaType + "\" in request.", null);
    }

    public static ApiException throttled(long seconds) {
        ApiException e = envelope(429, "throttled_error", "throttled",
                "Request was throttled. Expected available in " + seconds + (seconds == 1 ? " second." : " seconds."), null);
        return new ApiException(e.response.with("Retry-After", Long.toString(seconds)), e.getMessage());
    }

    public static ApiException serverError() {
        return envelope(500, "server_error", "error", "A server error occurred.", null);
    }
}
