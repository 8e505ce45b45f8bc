package io.quarkiverse.posthog.emulator.flags;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

import io.quarkiverse.posthog.emulator.store.Person;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;

/** Adds the stored properties of persons and groups to the input of a flag evaluation. */
final class EvaluationInputFactory {

    private final Project project;
    private final CohortDefinitions cohorts;

    EvaluationInputFactory(Project project) {
        this.project = project;
        this.cohorts = new CohortDefinitions(project);
    }

    /** @param flags the definitions of all flags */
    EvaluationInput input(FlagsRequest request, JsonNode flags) {
        Optional<Person> person = project.persons().byDistinctId(request.distinctId());
        return new EvaluationInput(request.distinctId(), request.deviceId(), request.groups(),
                personProperties(request, person), groupProperties(request), InstantSource.fixed(project.now()), true,
                keptIds(request, person, flags));
    }

    /** What the request says counts more. */
    private Map<String, JsonNode> personProperties(FlagsRequest request, Optional<Person> person) {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        person.ifPresent(known -> putAll(properties, known.properties()));
        putAll(properties, request.personProperties());
        person.ifPresent(known -> cohorts.memberships(known)
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

    /** The id of before the log-in stays the one that counts, for each flag that somebody has been seen with it. */
    private Map<String, String> keptIds(FlagsRequest request, Optional<Person> person, JsonNode flags) {
        Map<String, String> keptIds = person.or(() -> project.persons().byDistinctId(request.anonymousId()))
                .map(Person::keptIds).orElseGet(HashMap::new);
        if (request.anonymousId() != null) {
            flags.valueStream().filter(flag -> flag.path("ensure_experience_continuity").booleanValue())
                    .forEach(flag -> keptIds.putIfAbsent(flag.get("key").textValue(), request.anonymousId()));
        }
        return keptIds;
    }
}
