package io.quarkiverse.posthog.runtime.context;

import java.util.Map;

/** Person and group properties for all flag evaluations of a request. */
public record PropertyOverrides(Map<String, Object> personProperties, Map<String, Map<String, Object>> groupProperties) {

    public static final PropertyOverrides NONE = new PropertyOverrides(Map.of(), Map.of());

    public boolean isEmpty() {
        return personProperties.isEmpty() && groupProperties.isEmpty();
    }
}
