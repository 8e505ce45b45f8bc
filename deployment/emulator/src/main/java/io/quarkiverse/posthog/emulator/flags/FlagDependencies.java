package io.quarkiverse.posthog.emulator.flags;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.store.FlagProperties;

/** Puts into definitions which flags a flag depends on: by their keys, and in the order to evaluate them in. */
final class FlagDependencies {

    private static final String TYPE = "flag";
    private static final String KEY = "key";

    private final Map<String, ObjectNode> byKey = new HashMap<>();
    private final Map<String, String> keysById = new HashMap<>();

    private FlagDependencies(List<ObjectNode> definitions) {
        for (ObjectNode flag : definitions) {
            String key = flag.get(KEY).textValue();
            byKey.put(key, flag);
            keysById.put(flag.get("id").asText(), key);
        }
    }

    /** Changes the conditions that depend on other flags. */
    static void resolve(List<ObjectNode> definitions) {
        FlagDependencies dependencies = new FlagDependencies(definitions);
        definitions.forEach(dependencies::nameByKey);
        definitions.forEach(dependencies::addChains);
    }

    private void nameByKey(ObjectNode flag) {
        FlagProperties.of(flag.get("filters"), TYPE).forEach(property -> {
            String id = property.path(KEY).asText();
            property.put(KEY, keysById.getOrDefault(id, id));
        });
    }

    private void addChains(ObjectNode flag) {
        FlagProperties.of(flag.get("filters"), TYPE).forEach(
                property -> property.set("dependency_chain", EmulatorJson.array(chain(property.get(KEY).textValue()))));
    }

    /** What has to be evaluated for a flag, itself last; nothing when that cannot be done. */
    private Set<String> chain(String key) {
        Set<String> chain = new LinkedHashSet<>();
        return visit(key, chain, new HashSet<>()) ? chain : Set.of();
    }

    private boolean visit(String key, Set<String> chain, Set<String> inProgress) {
        if (chain.contains(key)) {
            return true;
        }
        ObjectNode flag = byKey.get(key);
        if (flag == null || !inProgress.add(key)) {
            return false;
        }
        boolean complete = FlagProperties.of(flag.get("filters"), TYPE)
                .allMatch(property -> visit(property.get(KEY).textValue(), chain, inProgress));
        inProgress.remove(key);
        return complete && chain.add(key);
    }
}
