package io.quarkiverse.posthog.lua;

import java.time.Duration;

/**
 * A call of a function by a script.
 *
 * @param path the path in the script, such as {@code app.integrations.posthog.posthog_list_events}
 * @param function the name of the function; null if it does not exist
 * @param account the name of the account; null if the call failed before it was selected
 * @param duration the time until the result
 * @param errorType the type of the error, such as {@code rate_limited}; null if the call succeeded
 */
public record ScriptCall(String path, String function, String account, Duration duration, String errorType) {

    public boolean isSuccess() {
        return errorType == null;
    }
}
