package io.quarkiverse.posthog.emulator.flags;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.store.DocumentStore;
import io.quarkiverse.posthog.emulator.store.FlagProperties;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StoredPerson;

/**
 * The cohorts that flags refer to, also by way of other cohorts.
 * <p>
 * The definition of a static cohort does not contain its members. For the evaluation in the emulator, it is a property that
 * only members have.
 */
final class CohortDefinitions {

    private static final String MEMBER_OF = "$member_of_static_cohort/";

    private final Project project;

    CohortDefinitions(Project project) {
        this.project = project;
    }

    /**
     * Returns the definitions by ID, without deleted cohorts.
     *
     * @param withStatic whether to include static cohorts
     */
    ObjectNode of(Stream<JsonNode> filters, boolean withStatic) {
        ObjectNode definitions = EmulatorJson.object();
        Deque<Long> toVisit = new ArrayDeque<>();
        filters.flatMap(conditions -> FlagProperties.of(conditions, "cohort"))
                .forEach(property -> toVisit.add(id(property)));
        while (!toVisit.isEmpty()) {
            long id = toVisit.pop();
            Optional<ObjectNode> cohort = project.cohorts().documents().find(id)
                    .filter(found -> !DocumentStore.isDeleted(found));
            if (cohort.isPresent() && !definitions.has(Long.toString(id))) {
                boolean isStatic = isStatic(cohort.get());
                JsonNode definition = isStatic ? members(id) : cohort.get().path("filters").path("properties");
                if (definition.isObject() && (withStatic || !isStatic)) {
                    definitions.set(Long.toString(id), definition.deepCopy());
                    definition.findParents("type").stream()
                            .filter(leaf -> leaf.path("type").asText().equals("cohort"))
                            .forEach(leaf -> toVisit.add(id(leaf)));
                }
            }
        }
        return definitions;
    }

    /** Calls the consumer with the property of each static cohort of a person. */
    Stream<String> memberships(StoredPerson person) {
        return project.cohorts().documents().live().filter(CohortDefinitions::isStatic)
                .filter(cohort -> project.cohorts().contains(cohort, person))
                .map(cohort -> MEMBER_OF + cohort.get("id").longValue());
    }

    private static JsonNode members(long id) {
        ObjectNode definition = EmulatorJson.object().put("type", "AND");
        definition.putArray("values").addObject().put("key", MEMBER_OF + id).put("type", "person")
                .put("operator", "is_set");
        return definition;
    }

    private static boolean isStatic(ObjectNode cohort) {
        return cohort.path("is_static").booleanValue();
    }

    private static long id(JsonNode filter) {
        return filter.path("value").asLong();
    }
}
