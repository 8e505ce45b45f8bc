package io.quarkiverse.posthog.emulator.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Cohorts and who is in them: static ones by a list, dynamic ones by person properties. */
public final class CohortStore {

    private final DocumentStore documents = new DocumentStore();
    private final Map<Long, Set<UUID>> staticMembers = new HashMap<>();

    public DocumentStore documents() {
        return documents;
    }

    public void addMember(long cohortId, StoredPerson person) {
        staticMembers.computeIfAbsent(cohortId, id -> new HashSet<>()).add(person.uuid());
    }

    public boolean contains(ObjectNode cohort, StoredPerson person) {
        return contains(cohort, person, new HashSet<>());
    }

    /** @param visited cohorts under evaluation, so that cohorts that name each other end */
    private boolean contains(ObjectNode cohort, StoredPerson person, Set<Long> visited) {
        long id = cohort.get("id").longValue();
        if (cohort.path("is_static").booleanValue()) {
            return staticMembers.getOrDefault(id, Set.of()).contains(person.uuid());
        }
        JsonNode root = cohort.path("filters").path("properties");
        return visited.add(id) && root.isObject() && matches(root, person, visited);
    }

    private boolean matches(JsonNode node, StoredPerson person, Set<Long> visited) {
        JsonNode values = node.path("values");
        if (!values.isArray()) {
            return matchesLeaf(node, person, visited);
        }
        boolean or = "OR".equals(node.path("type").asText());
        for (JsonNode child : values) {
            if (matches(child, person, visited) == or) {
                return or;
            }
        }
        return !or && !values.isEmpty();
    }

    private boolean matchesLeaf(JsonNode leaf, StoredPerson person, Set<Long> visited) {
        return switch (leaf.path("type").asText()) {
            case "person" -> StoredPropertyFilter.of(leaf).matches(person.properties());
            case "cohort" -> leaf.path("negation").booleanValue() != documents.find(leaf.path("value").asLong())
                    .map(other -> contains(other, person, new HashSet<>(visited))).orElse(false);
            // Behavioral conditions are not supported, so that such a cohort is empty
            default -> false;
        };
    }

    void clear() {
        documents.clear();
        staticMembers.clear();
    }
}
