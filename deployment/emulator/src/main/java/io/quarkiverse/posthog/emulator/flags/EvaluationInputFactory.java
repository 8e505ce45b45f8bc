package io.quarkiverse.posthog.emulator.flags;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StoredPerson;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;

/** Adds the stored properties of persons and groups to the input of a flag evaluation. */
final class EvaluationInputFactory {

    private final Project project;
    private final CohortDefinitions cohorts;

    EvaluationInputFactory(Project project) {
        this.project = project;
        this.cohorts = new CohortDefinitions(project);
    }

    /** @param flags all flag definitions */
    EvaluationInput input(FlagsRequest request, JsonNode flags) {
        Optional<StoredPerson> person = project.persons().byDistinctId(request.distinctId());
        return new EvaluationInput(request.distinctId(), request.deviceId(), request.groups(),
                personProperties(request, person), groupProperties(request), InstantSource.fixed(project.now()), true,
                persistedIds(request, person, flags));
    }

    /** Returns the stored properties, which the request overrides. */
    private Map<String, JsonNode> personProperties(FlagsRequest request, Optional<StoredPerson> person) {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        person.ifPresent(stored -> putAll(properties, stored.properties()));
        putAll(properties, request.personProperties());
        person.ifPresent(stored -> cohorts.memberships(stored)
                .forEach(membership -> properties.put(membership, BooleanNode.TRUE)));
        return properties;
    }

    private Map<String, Map<String, JsonNode>> groupProperties(FlagsRequest request) {
        Map<String, Map<String, JsonNode>> byType = new HashMap<>();
        request.groups().forEach((type, key) -> putAll(of(type, byType), project.groups().properties(type, key)));
        request.groupProperties().properties().forEach(group -> putAll(of(group.getKey(), byType), group.getValue()));
        return byType;
    }

    private static Map<String, JsonNode> of(String type, Map<String, Map<String, JsonNode>> byType) {
        return byType.computeIfAbsent(type, first -> new LinkedHashMap<>());
    }

    private static void putAll(Map<String, JsonNode> properties, JsonNode given) {
        given.properties().forEach(property -> properties.put(property.getKey(), property.getValue()));
    }

    /** Returns the first anonymous ID of the person for each flag with experience continuity, and stores a new one. */
    private Map<String, String> persistedIds(FlagsRequest request, Optional<StoredPerson> person, JsonNode flags) {
        Map<String, String> persistedIds = person.or(() -> project.persons().byDistinctId(request.anonymousId()))
                .map(StoredPerson::persistedIds).orElseGet(HashMap::new);
        if (request.anonymousId() != null) {
            flags.valueStream().filter(flag -> flag.path("ensure_experience_continuity").booleanValue())
                    .forEach(flag -> persistedIds.putIfAbsent(flag.get("key").textValue(), request.anonymousId()));
        }
        return persistedIds;
    }
}
