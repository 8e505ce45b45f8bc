package io.quarkiverse.posthog.lua;

/**
 * The reason why a script failed.
 *
 * @param type {@code syntax} or {@code runtime} for errors in the script; {@code cpu_limit}, {@code memory_limit},
 *        {@code time_limit}, {@code call_limit}, {@code output_limit} or {@code source_limit}; {@code busy} if too many scripts
 *        are waiting, and {@code cancelled} if the application stops; or the type of an error of a function, such as
 *        {@code rate_limited}, {@code denied} or {@code approval_required}
 * @param message the problem, without keys
 * @param line the line of the script, from 1; null if it is not known
 * @param function the name of the function that failed; null for other errors
 * @param account the name of the account; null for other errors
 * @param status the HTTP status of PostHog's response; null without a response
 * @param retryAfter the seconds that PostHog requested to wait; null if it requested none
 * @param field the invalid argument; may be null
 * @param hint what to do; may be null
 */
public record ScriptError(String type, String message, Integer line, String function, String account, Integer status,
        Long retryAfter, String field, String hint) {

    /** Returns an error that is not the error of a function. */
    public static ScriptError of(String type, String message, Integer line) {
        return new ScriptError(type, message, line, null, null, null, null, null, null);
    }

    public ScriptError hint(String hint) {
        return new ScriptError(type, message, line, function, account, status, retryAfter, field, hint);
    }
}
