package io.quarkiverse.posthog.emulator.flags;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.store.FlagValueOverrides.FlagOverride;
import io.quarkiverse.posthog.emulator.store.Project;

/** Writes the flags of the project, and what they refer to, as definitions to evaluate them by. */
final class DefinitionsWriter {

    private static final List<String> FIELDS = List.of("id", "name", "key", "deleted", "active",
            "ensure_experience_continuity", "has_encrypted_payloads", "version", "evaluation_runtime",
            "bucketing_identifier", "evaluation_contexts");

    private final Project project;
    private final CohortDefinitions cohorts;

    DefinitionsWriter(Project project) {
        this.project = project;
        this.cohorts = new CohortDefinitions(project);
    }

    /** As clients may have them: without remote configuration and without static cohorts. */
    ObjectNode forClients() {
        return definitions(
                flag -> !isTrue(flag, "is_remote_configuration") && !isTrue(flag, "has_encrypted_payloads"), false);
    }

    /** All there is. */
    ObjectNode forEmulator() {
        return definitions(flag -> true, true);
    }

    private ObjectNode definitions(Predicate<ObjectNode> wanted, boolean withStaticCohorts) {
        List<ObjectNode> flags = new ArrayList<>();
        project.flags().live().filter(flag -> wanted.test(flag) || override(flag).isPresent()).map(this::definition)
                .forEach(flags::add);
        for (FlagOverride override : project.flagOverrides().all()) {
            if (flags.stream().noneMatch(flag -> flag.get("key").textValue().equals(override.key()))) {
                flags.add(OverriddenFlag.unknown(override, project.id()));
            }
        }
        flags.sort(Comparator.comparing(flag -> flag.get("key").textValue()));
        FlagDependencies.resolve(flags);
        ObjectNode json = EmulatorJson.object();
        json.putArray("flags").addAll(flags);
        ObjectNode groupTypes = json.putObject("group_type_mapping");
        project.groups().types().forEach(type -> groupTypes.put(Integer.toString(groupTypes.size()), type));
        json.set("cohorts", cohorts.of(flags.stream().map(flag -> flag.get("filters")), withStaticCohorts));
        return json.put("minimal_flag_called_events", project.flagSettings().minimalCalledEvents())
                .put("property_matching_version", project.flagSettings().propertyMatchingVersion());
    }

    private ObjectNode definition(ObjectNode flag) {
        ObjectNode json = EmulatorJson.object();
        FIELDS.forEach(field -> json.set(field, flag.get(field)));
        json.put("team_id", project.id()).put("has_experiment", !flag.path("experiment_set").isEmpty());
        ObjectNode filters = flag.get("filters").deepCopy();
        if (isTrue(flag, "has_encrypted_payloads")) {
            filters.putObject("payloads");
        }
        json.set("filters", filters);
        return override(flag).map(override -> OverriddenFlag.of(json, override)).orElse(json);
    }

    private Optional<FlagOverride> override(ObjectNode flag) {
        return project.flagOverrides().find(flag.get("key").textValue());
    }

    private static boolean isTrue(JsonNode flag, String field) {
        return flag.path(field).booleanValue();
    }
}
