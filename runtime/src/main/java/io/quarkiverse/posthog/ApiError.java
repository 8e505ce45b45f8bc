package io.quarkiverse.posthog;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error response of PostHog.
 *
 * @param account the name of the account
 * @param operation the operation, such as {@code featureFlags.create}
 * @param status the HTTP status
 * @param type PostHog's error type, such as {@code validation_error}; may be null
 * @param code PostHog's error code, such as {@code unique}; may be null
 * @param detail PostHog's error message, or the beginning of a response of another form; may be null
 * @param attr the name of the invalid field; may be null
 * @param retryAfter the delay that PostHog requested; may be null
 * @param additionalProperties all other fields of the response, by their JSON names, such as {@code extra}
 */
public record ApiError(String account, String operation, int status, String type, String code, String detail, String attr,
        Duration retryAfter, Map<String, Object> additionalProperties) implements Serializable {

    public ApiError {
        additionalProperties = additionalProperties == null ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(additionalProperties));
    }
}
