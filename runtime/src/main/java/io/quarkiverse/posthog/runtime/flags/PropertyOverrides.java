package io.quarkiverse.posthog.runtime.flags;

import java.util.Map;

/** Properties that count during a request, in addition to what an evaluation is given. */
public record PropertyOverrides(Map<String, Object> personProperties, Map<String, Map<String, Object>> groupProperties) {

    public static final PropertyOverrides NONE = new PropertyOverrides(Map.of(), Map.of());

    boolean isEmpty() {
        return personProperties.isEmpty() && groupProperties.isEmpty();
    }
}
