package io.quarkiverse.posthog.runtime.flags.local;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;

/**
 * Detects changed flag definitions without keeping their JSON.
 *
 * @param flags the fingerprint of each flag, by key
 * @param common the fingerprint of the cohorts, group types and property matching version, which affect all flags
 */
public record Fingerprints(Map<String, UUID> flags, UUID common) {

    static final Fingerprints EMPTY = new Fingerprints(Map.of(), new UUID(0, 0));

    public static Fingerprints of(Map<String, JsonNode> flags, JsonNode definitions, int propertyMatchingVersion) {
        Map<String, UUID> fingerprints = new HashMap<>(flags.size() * 2);
        flags.forEach((key, flag) -> fingerprints.put(key, of(flag)));
        return new Fingerprints(Map.copyOf(fingerprints),
                of(definitions.path("cohorts"), definitions.path("group_type_mapping"),
                        IntNode.valueOf(propertyMatchingVersion)));
    }

    private static UUID of(JsonNode... json) {
        StringBuilder text = new StringBuilder();
        try {
            for (JsonNode node : json) {
                text.append(node).append('\n');
            }
        } catch (RuntimeException e) {
            // Nested too deeply to be written, so that no flag can use it. It is always a change
            return UUID.randomUUID();
        }
        return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    Set<String> changedSince(Fingerprints before) {
        Set<String> changed = new HashSet<>(flags.keySet());
        changed.addAll(before.flags.keySet());
        if (common.equals(before.common)) {
            changed.removeIf(key -> flags.containsKey(key) && flags.get(key).equals(before.flags.get(key)));
        }
        return changed;
    }
}
