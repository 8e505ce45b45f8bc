package io.quarkiverse.posthog.runtime.flags.local.filter;

import java.util.Map;

import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;

/**
 * The person or the group whose properties a filter tests.
 *
 * @param group the group type; {@code null} for the person
 */
public record PropertySource(String group) {

    public static final PropertySource PERSON = new PropertySource(null);

    /** The value of an absent property. */
    static final Object ABSENT = new Object();

    private static final String DISTINCT_ID = "distinct_id";
    private static final String GROUP_KEY = "$group_key";

    Object value(EvaluationInput input, String key) {
        Object value = given(input, key);
        return value == ABSENT ? implied(input, key) : value;
    }

    /** Returns a property of the input, without the IDs that PostHog also provides as properties. */
    Object given(EvaluationInput input, String key) {
        Map<String, ?> properties = group == null ? input.personProperties() : input.groupProperties().get(group);
        Object value = properties == null ? null : properties.get(key);
        return value != null || properties != null && properties.containsKey(key) ? value : ABSENT;
    }

    /** Returns an ID that PostHog also provides as a property. */
    private Object implied(EvaluationInput input, String key) {
        String id = null;
        if (group == null && key.equals(DISTINCT_ID)) {
            id = input.distinctId();
        } else if (group != null && key.equals(GROUP_KEY)) {
            id = input.groups().get(group);
        }
        return id == null || id.isEmpty() ? ABSENT : id;
    }

    @Override
    public String toString() {
        return group == null ? "of the person" : "of the group of type '" + group + "'";
    }
}
