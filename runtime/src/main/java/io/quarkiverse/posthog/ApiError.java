package io.quarkiverse.posthog;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What PostHog answered instead of a result, and to what.
 *
 * @param account the name of the account
 * @param operation what was asked for, such as {@code featureFlags.create}
 * @param status the HTTP status
 * @param type PostHog's kind of error, such as {@code validation_error}; null when it did not say
 * @param code PostHog's error code, such as {@code unique}; null when it did not say
 * @param detail PostHog's own words, or the start of whatever else it answered; may be null
 * @param attr the field that was wrong; null when it did not say
 * @param retryAfter how long PostHog asks to wait; null when it did not say
 * @param additionalProperties what else PostHog answered, by its JSON name, such as {@code extra}
 */
public record ApiError(String account, String operation, int status, String type, String code, String detail, String attr,
        Duration retryAfter, Map<String, Object> additionalProperties) implements Serializable {

    public ApiError {
        additionalProperties = additionalProperties == null ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(additionalProperties));
    }
}
