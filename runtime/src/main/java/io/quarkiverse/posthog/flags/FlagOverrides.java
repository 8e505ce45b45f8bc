package io.quarkiverse.posthog.flags;

import java.util.Map;

/**
 * Properties for all flag evaluations of the current request, such as person properties that PostHog has not received yet.
 * Properties of a single evaluation take precedence.
 * <p>
 * The properties belong to the active CDI request context, and end with it. Without an active request context, setting them
 * has no effect except a warning. Setting them does not capture an event.
 */
public interface FlagOverrides {

    /** Adds person properties, and replaces properties of the same name. PostHog's {@code setPersonPropertiesForFlags}. */
    void setPersonProperties(Map<String, ?> properties);

    /** Adds group properties, and replaces properties of the same name. PostHog's {@code setGroupPropertiesForFlags}. */
    void setGroupProperties(String type, Map<String, ?> properties);

    /** Removes all person properties. PostHog's {@code resetPersonPropertiesForFlags}. */
    void resetPersonProperties();

    /** Removes the properties of all groups. PostHog's {@code resetGroupPropertiesForFlags}. */
    void resetGroupProperties();

    /** Removes the properties of the group of a type. */
    void resetGroupProperties(String type);

    /** Returns the person properties. */
    Map<String, Object> personProperties();

    /** Returns the group properties, by group type. */
    Map<String, Map<String, Object>> groupProperties();
}
