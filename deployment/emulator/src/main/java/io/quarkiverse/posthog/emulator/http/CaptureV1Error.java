package io.quarkiverse.posthog.emulator.http;

/** The error body of version 1 of capture, which is neither text nor the envelope of the private API. */
public record CaptureV1Error(int status, String error, String description) {

    /** The prefix of the paths whose errors have this form. */
    public static final String ROOT = "/i/v1/";

    private static final String DOCUMENTATION = "https://posthog.com/docs/api";

    /** The error that goes with a status. */
    static CaptureV1Error usual(int status) {
        return switch (status) {
            case 401 -> new CaptureV1Error(status, "invalid_api_token", "The project token is not valid.");
            case 408 -> new CaptureV1Error(status, "request_timeout", "The request took too long.");
            case 413 -> new CaptureV1Error(status, "payload_too_large", "The body is too large.");
            case 415 -> new CaptureV1Error(status, "unsupported_encoding", "The encoding is not supported.");
            case 429 -> new CaptureV1Error(status, "rate_limited", "There were too many requests.");
            case 503 -> new CaptureV1Error(status, "service_unavailable", "Service Unavailable");
            case 504 -> new CaptureV1Error(status, "gateway_timeout", "Gateway Timeout");
            default -> status < 500 ? new CaptureV1Error(status, "request_parsing_error", "The request is not valid.")
                    : new CaptureV1Error(status, "internal_error", "Internal Server Error");
        };
    }

    public EmulatorResponse response() {
        return EmulatorResponse.of(status, EmulatorJson.object().put("error", error).put("error_description", description)
                .put("error_uri", DOCUMENTATION));
    }
}
