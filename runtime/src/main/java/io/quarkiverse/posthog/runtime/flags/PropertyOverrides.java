package io.quarkiverse.posthog.runtime.flags;

import java.util.Map;

/** Person and group properties that apply during a request, in addition to the properties of an evaluation. */
public record PropertyOverrides(Map<String, Object> personProperties, Map<String, Map<String, Object>> groupProperties) {

    public static final PropertyOverrides NONE = new PropertyOverrides(Map.of(), Map.of());

    boolean isEmpty() {
        return personProperties.isEmpty() && groupProperties.isEmpty();
    }
}
