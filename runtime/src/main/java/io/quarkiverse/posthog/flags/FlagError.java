package io.quarkiverse.posthog.flags;

/**
 * A failure of a flag evaluation, with the name used in {@code $feature_flag_error}.
 *
 * @param code {@code errors_while_computing_flags}, {@code flag_missing}, {@code local_evaluation_inconclusive},
 *        {@code quota_limited}, {@code timeout}, {@code connection_error},
 *        {@code api_error_} followed by the HTTP status, or {@code unknown_error}
 */
public record FlagError(String code) {

    /** PostHog could evaluate only some of the flags. */
    public static final FlagError ERRORS_WHILE_COMPUTING_FLAGS = new FlagError("errors_while_computing_flags");

    /** The requested flag is unknown. */
    public static final FlagError FLAG_MISSING = new FlagError("flag_missing");

    /** The requested flag has a definition, but could not be evaluated. See {@link FlagSnapshot#unresolvedFlags()}. */
    public static final FlagError LOCAL_EVALUATION_INCONCLUSIVE = new FlagError("local_evaluation_inconclusive");

    /** The project has exceeded its quota of flag requests. */
    public static final FlagError QUOTA_LIMITED = new FlagError("quota_limited");

    /** The evaluation took longer than {@code flags.timeout}. */
    public static final FlagError TIMEOUT = new FlagError("timeout");

    /** PostHog could not be reached, or its response was not valid HTTP. */
    public static final FlagError CONNECTION_ERROR = new FlagError("connection_error");

    /** Another failure, such as a complete response without flags. */
    public static final FlagError UNKNOWN_ERROR = new FlagError("unknown_error");

    /** PostHog responded with an error status. */
    public static FlagError apiError(int status) {
        return new FlagError("api_error_" + status);
    }

    @Override
    public String toString() {
        return code;
    }
}
