package io.quarkiverse.posthog.context;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * A person and their groups. Immutable.
 *
 * @param distinctId the distinct ID
 * @param groups the group keys of the person, by group type
 */
public record PostHogIdentity(String distinctId, Map<String, String> groups) {

    public PostHogIdentity {
        if (distinctId == null || distinctId.isBlank()) {
            throw new IllegalArgumentException("The distinct ID must not be blank");
        }
        groups = groups == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    }

    /** Returns a person without groups. */
    public static PostHogIdentity of(String distinctId) {
        return new PostHogIdentity(distinctId, Map.of());
    }

    /** Adds a group: its type, such as {@code company}, and its key. */
    @CheckReturnValue
    public PostHogIdentity group(String type, String key) {
        Map<String, String> more = new LinkedHashMap<>(groups);
        more.put(type, key);
        return new PostHogIdentity(distinctId, more);
    }
}
