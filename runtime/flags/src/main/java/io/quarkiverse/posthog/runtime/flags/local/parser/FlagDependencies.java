package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds the flags that depend on a flag that does not exist, or on themselves. In PostHog, such a flag is always off. */
final class FlagDependencies {

    private FlagDependencies() {
    }

    /** Returns the keys of flags with a broken dependency, also if another flag is in between. */
    static Set<String> broken(Map<String, JsonNode> flags) {
        Map<String, Integer> unresolved = new HashMap<>();
        Map<String, List<String>> dependents = new HashMap<>();
        Deque<String> resolved = new ArrayDeque<>();
        flags.forEach((key, flag) -> {
            Set<String> dependencies = of(flag);
            if (dependencies.isEmpty()) {
                resolved.add(key);
            } else {
                unresolved.put(key, dependencies.size());
                dependencies.forEach(other -> dependents.computeIfAbsent(other, first -> new ArrayList<>()).add(key));
            }
        });
        while (!resolved.isEmpty()) {
            for (String dependent : dependents.getOrDefault(resolved.remove(), List.of())) {
                if (unresolved.merge(dependent, -1, Integer::sum) == 0) {
                    unresolved.remove(dependent);
                    resolved.add(dependent);
                }
            }
        }
        return unresolved.keySet();
    }

    /** Returns the keys of the flags in the conditions of an active flag. */
    private static Set<String> of(JsonNode flag) {
        Set<String> keys = new HashSet<>();
        if (flag.path("active").booleanValue()) {
            for (JsonNode group : flag.path("filters").path("groups")) {
                for (JsonNode filter : group.path("properties")) {
                    if ("flag".equals(filter.path("type").textValue()) && filter.path("key").isTextual()) {
                        keys.add(filter.get("key").textValue());
                    }
                }
            }
        }
        return keys;
    }
}
