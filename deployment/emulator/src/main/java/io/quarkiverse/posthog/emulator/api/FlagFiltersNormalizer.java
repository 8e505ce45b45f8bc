package io.quarkiverse.posthog.emulator.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.store.DocumentStore;
import io.quarkiverse.posthog.emulator.store.FlagProperties;
import io.quarkiverse.posthog.emulator.store.Project;

/** The {@code filters} of feature flags: defaults, normalization and validation. */
final class FlagFiltersNormalizer {

    private static final Pattern VARIANT_KEY = Pattern.compile("[a-zA-Z0-9_./-]{1,400}");
    private static final List<String> DROPPED = List.of("super_groups", "holdout_groups");

    private final Project project;

    FlagFiltersNormalizer(Project project) {
        this.project = project;
    }

    /** Of a flag that was created without any. */
    static ObjectNode defaults() {
        return (ObjectNode) EmulatorJson.constant("{\"groups\":[{\"properties\":[],\"rollout_percentage\":null}]}");
    }

    /** Returns the filters to store. A key of the request replaces the key of the base completely. */
    ObjectNode merged(ObjectNode base, JsonNode given, long flagId) {
        if (!given.isObject()) {
            throw ApiException.invalid("invalid_input", "Filters must be a valid JSON object.", "filters");
        } else if (given.has("version")) {
            throw ApiException.invalid("reserved_config_version", "'version' is a reserved key of filters.", "filters");
        }
        ObjectNode result = base.deepCopy();
        result.setAll((ObjectNode) given.deepCopy());
        result.remove(DROPPED);
        if (!result.has("multivariate")) {
            result.putNull("multivariate");
        }
        result.set("payloads", payloadsAsText(result.path("payloads")));
        FlagProperties.of(result).forEach(property -> property.remove("cohort_name"));
        requireValidGroups(result);
        requireValidVariants(result);
        requireKnownReferences(result, flagId);
        return result;
    }

    private static ObjectNode payloadsAsText(JsonNode payloads) {
        ObjectNode texts = EmulatorJson.object();
        payloads.properties().forEach(payload -> texts.put(payload.getKey(),
                payload.getValue().isTextual() ? payload.getValue().textValue() : payload.getValue().toString()));
        return texts;
    }

    private static void requireValidGroups(ObjectNode filters) {
        if (!filters.path("groups").isArray()) {
            throw ApiException.invalid("invalid_input", "Condition sets must be a list.", "filters__groups");
        }
        for (JsonNode group : filters.get("groups")) {
            JsonNode rollout = group.path("rollout_percentage");
            boolean valid = rollout.isMissingNode() || rollout.isNull()
                    || rollout.isNumber() && rollout.doubleValue() >= 0 && rollout.doubleValue() <= 100;
            if (!group.isObject() || !valid) {
                throw ApiException.invalid("invalid_input", "Rollout percentage must be between 0 and 100.",
                        "filters__groups");
            }
        }
    }

    private static void requireValidVariants(ObjectNode filters) {
        JsonNode variants = filters.path("multivariate").path("variants");
        if (variants.isEmpty()) {
            return;
        }
        double sum = 0;
        for (JsonNode variant : variants) {
            if (!VARIANT_KEY.matcher(variant.path("key").asText()).matches()) {
                throw ApiException.invalid("invalid_key",
                        "Variant keys may only hold letters, numbers, hyphens, underscores, dots and slashes.", "filters");
            }
            sum += variant.path("rollout_percentage").asDouble();
        }
        if (Math.abs(sum - 100) > 0.001) {
            throw ApiException.invalid("invalid_input",
                    "Invalid variant definitions: Variant rollout percentages must sum to 100.", "filters");
        }
    }

    private void requireKnownReferences(ObjectNode filters, long flagId) {
        FlagProperties.of(filters, "cohort").forEach(property -> {
            long cohortId = property.path("value").asLong();
            if (project.cohorts().documents().find(cohortId).filter(cohort -> !DocumentStore.isDeleted(cohort)).isEmpty()) {
                throw ApiException.invalid("cohort_does_not_exist", "Cohort with id " + cohortId + " does not exist",
                        "filters");
            }
        });
        Deque<Long> toVisit = new ArrayDeque<>(dependencies(filters).toList());
        Set<Long> visited = new HashSet<>();
        while (!toVisit.isEmpty()) {
            long id = toVisit.pop();
            if (id == flagId) {
                throw ApiException.invalid("invalid_input", "Circular dependency between feature flags.", "filters");
            } else if (project.flags().find(id).filter(OrderedRulesWriter::isOrdered).isPresent()) {
                throw ApiException.invalid("unsupported_dependency_config_version",
                        "A condition cannot depend on a flag with ordered rules.", "filters");
            } else if (visited.add(id)) {
                project.flags().find(id).ifPresent(flag -> dependencies(flag.get("filters")).forEach(toVisit::push));
            }
        }
    }

    /** The ids of the flags that conditions refer to. */
    static Stream<Long> dependencies(JsonNode filters) {
        return FlagProperties.of(filters, "flag")
                .flatMap(property -> ApiRequest.integer(property.path("key").asText()).stream().boxed());
    }

    /** Names the cohorts, which is done on reading only. */
    ObjectNode withCohortNames(JsonNode filters) {
        ObjectNode named = filters.deepCopy();
        FlagProperties.of(named, "cohort").forEach(property -> project.cohorts().documents()
                .find(property.path("value").asLong())
                .ifPresent(cohort -> property.set("cohort_name", cohort.get("name"))));
        return named;
    }
}
