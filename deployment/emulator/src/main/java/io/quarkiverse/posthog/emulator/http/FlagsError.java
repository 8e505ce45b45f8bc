package io.quarkiverse.posthog.emulator.http;

/** The errors of the service that evaluates flags: the envelope of the private API, or plain text. */
public final class FlagsError {

    private FlagsError() {
    }

    /** Returns whether this service handles a path. */
    static boolean isUsualFor(String path) {
        return path.startsWith("/flags") || path.startsWith("/decide");
    }

    /** The error that goes with a status. */
    static ApiException usual(int status) {
        return switch (status) {
            case 401 -> invalidToken();
            case 402 -> quotaLimited();
            case 403 -> missingScope();
            case 429 -> rateLimited();
            case 503 -> ApiException.text(status, "Service is currently unavailable. Please try again later.");
            default -> ApiException.text(status, status < 500 ? "The request is not valid."
                    : "An internal server error occurred. Please try again later.");
        };
    }

    public static ApiException badRequest(String problem) {
        return ApiException.text(400, problem);
    }

    public static ApiException missingToken() {
        return ApiException.envelope(401, "authentication_error", "not_authenticated",
                "No API token provided. Please include a valid API token in your request.", null);
    }

    public static ApiException invalidToken() {
        return ApiException.authenticationFailed(
                "The provided API key is invalid or has expired. Please check your API key and try again.");
    }

    /** The key is missing. */
    public static ApiException unauthenticated() {
        return ApiException.unauthenticated();
    }

    /** @param secure whether it looks like the secure key of a project */
    public static ApiException invalidKey(boolean secure) {
        return ApiException
                .authenticationFailed(secure ? "Secret API token is invalid." : "Personal API key is invalid.");
    }

    public static ApiException missingScope() {
        return ApiException
                .forbidden("Personal API key lacks required scopes (feature_flag:read or feature_flag:write).");
    }

    public static ApiException quotaLimited() {
        return ApiException.envelope(402, "quota_limited", "payment_required",
                "You have exceeded your feature flag request quota", null);
    }

    public static ApiException rateLimited() {
        return ApiException.envelope(429, "validation_error", "rate_limit_exceeded", "Rate limit exceeded", null);
    }
}
