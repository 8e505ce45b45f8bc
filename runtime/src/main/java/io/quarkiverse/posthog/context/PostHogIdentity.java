package io.quarkiverse.posthog.context;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * Somebody, as PostHog knows them. Immutable.
 *
 * @param distinctId the distinct id of the person
 * @param groups the key of each group the person acts for, by group type
 */
public record PostHogIdentity(String distinctId, Map<String, String> groups) {

    public PostHogIdentity {
        if (distinctId == null || distinctId.isBlank()) {
            throw new IllegalArgumentException("The distinct ID must not be blank");
        }
        groups = groups == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }

    /** Somebody who acts for no group. */
    public static PostHogIdentity of(String distinctId) {
        return new PostHogIdentity(distinctId, Map.of());
    }

    /** Adds a group: its type, such as {@code company}, and which of that type. */
    @CheckReturnValue
    public PostHogIdentity group(String type, String key) {
        Map<String, String> more = new LinkedHashMap<>(groups);
        more.put(type, key);
        return new PostHogIdentity(distinctId, more);
    }
}
