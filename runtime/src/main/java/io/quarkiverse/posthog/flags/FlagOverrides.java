package io.quarkiverse.posthog.flags;

import java.util.Map;

/**
 * Properties that count for every evaluation of feature flags during a request, such as what has been found out about
 * the person but PostHog does not know yet. What an evaluation is given itself wins over them.
 * <p>
 * They belong to the CDI request that is active and end with it, so that nobody gets those of somebody else. Where none is
 * active, setting them does nothing, which is logged. Nothing of this captures an event.
 */
public interface FlagOverrides {

    /** Adds properties of the person; new values win. PostHog's {@code setPersonPropertiesForFlags}. */
    void setPersonProperties(Map<String, ?> properties);

    /** Adds properties of the group of a type; new values win. PostHog's {@code setGroupPropertiesForFlags}. */
    void setGroupProperties(String type, Map<String, ?> properties);

    /** Forgets the properties of the person. PostHog's {@code resetPersonPropertiesForFlags}. */
    void resetPersonProperties();

    /** Forgets the properties of all groups. PostHog's {@code resetGroupPropertiesForFlags}. */
    void resetGroupProperties();

    /** Forgets the properties of the group of a type. */
    void resetGroupProperties(String type);

    /** What is set for the person. */
    Map<String, Object> personProperties();

    /** What is set for groups, by group type. */
    Map<String, Map<String, Object>> groupProperties();
}
