package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.flags.local.filter.CohortFilter;
import io.quarkiverse.posthog.runtime.flags.local.filter.CompiledCohort;
import io.quarkiverse.posthog.runtime.flags.local.filter.Filter;
import io.quarkiverse.posthog.runtime.flags.local.filter.Filter.Fixed;
import io.quarkiverse.posthog.runtime.flags.local.filter.Filter.Negated;
import io.quarkiverse.posthog.runtime.flags.local.filter.FilterGroup;
import io.quarkiverse.posthog.runtime.flags.local.filter.PropertySource;
import io.quarkiverse.posthog.runtime.flags.local.matcher.Operator;
import io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyStringifier;
import io.quarkiverse.posthog.runtime.flags.local.parser.StrictJson.Malformed;

/** Compiles the cohorts that flags use. A missing or malformed cohort can only be evaluated by PostHog. */
final class CohortParser {

    /** The maximum nesting of cohorts in the definitions. PostHog itself supports two levels. */
    private static final int MAX_DEPTH = 140;
    /** The maximum call depth to evaluate a cohort that refers to other cohorts. */
    private static final int MAX_HEIGHT = 200;

    private static final String IN = "in";

    private final JsonNode definitions;
    private final FilterParser filters;
    private final Map<String, Filter> roots = new HashMap<>();
    private final Map<String, CompiledCohort> cohorts = new HashMap<>();
    private final Set<String> inProgress = new HashSet<>();

    /** @param definitions the cohorts by ID; {@code null} if missing */
    CohortParser(JsonNode definitions, FilterParser filters) {
        this.definitions = definitions;
        this.filters = filters;
    }

    /** Compiles a filter for members of a cohort. */
    Filter filter(JsonNode filter, int depth) {
        JsonNode value = StrictJson.get(filter, "value");
        String id = value == null ? null : PropertyStringifier.of(value);
        Filter root = id == null ? Fixed.server("a cohort filter has no cohort ID") : root(id, depth);
        String operator = StrictJson.text(filter, "operator");
        if (root.serverReason() != null) {
            return root;
        }
        return switch (operator == null ? IN : operator) {
            case IN -> membership(id, root, false);
            case "not_in" -> membership(id, root, true);
            // In PostHog, a cohort filter with an operator of properties does not match
            default -> Operator.of(operator) != null ? Fixed.NO
                    : Fixed.unknown("operator '" + operator + "' is not supported");
        };
    }

    /** Creates a filter for members. A cohort with a single filter does not need a filter of its own. */
    private Filter membership(String id, Filter root, boolean negated) {
        if (root instanceof FilterGroup) {
            CompiledCohort cohort = cohorts.computeIfAbsent(id, ignored -> new CompiledCohort(cohorts.size(), root));
            return new CohortFilter(cohort, negated, id);
        }
        return negated ? negated(root) : root;
    }

    private Filter root(String id, int depth) {
        Filter known = roots.get(id);
        if (known != null) {
            return known;
        }
        JsonNode definition = definitions == null ? null : definitions.get(id);
        if (definition == null) {
            return Fixed.server("cohort " + id + " is not in the flag definitions; only PostHog can evaluate it");
        }
        if (!inProgress.add(id)) {
            return Fixed.server("cohort " + id + " depends on itself");
        }
        Filter root = group(definition, id, depth + 1);
        if (root.height() > MAX_HEIGHT) {
            root = Fixed.server("cohort " + id + " is nested too deeply");
        }
        inProgress.remove(id);
        roots.put(id, root);
        return root;
    }

    private Filter group(JsonNode group, String id, int depth) {
        if (group.isObject() && group.isEmpty()) {
            return Fixed.YES;
        }
        String type = group.path("type").textValue();
        JsonNode values = group.get("values");
        boolean all = "AND".equals(type);
        if (depth > MAX_DEPTH) {
            return Fixed.server("cohort " + id + " is nested too deeply");
        }
        if (!all && !"OR".equals(type) || values == null || !values.isArray()) {
            return Fixed.server("cohort " + id + " does not consist of AND and OR groups");
        }
        List<Filter> entries = new ArrayList<>(values.size());
        for (JsonNode value : values) {
            Filter entry = entry(value, id, depth + 1);
            if (entry.serverReason() != null) {
                // The other entries cannot change the result
                return entry;
            }
            entries.add(entry);
        }
        return switch (entries.size()) {
            case 0 -> all ? Fixed.YES : Fixed.NO;
            case 1 -> entries.get(0);
            default -> new FilterGroup(entries.toArray(Filter[]::new), all);
        };
    }

    private Filter entry(JsonNode entry, String id, int depth) {
        if (!entry.isObject()) {
            return Fixed.server("cohort " + id + " has an entry that is not an object");
        }
        String type = entry.path("type").textValue();
        if (entry.isEmpty() || entry.has("values") || "AND".equals(type) || "OR".equals(type)) {
            return group(entry, id, depth);
        }
        Filter leaf = "group".equals(type) ? Fixed.unknown("cohort " + id + " has a condition on a group instead of a person")
                : filters.parse(entry, PropertySource.PERSON, depth);
        try {
            return StrictJson.isTrue(entry, "negation") ? negated(leaf) : leaf;
        } catch (Malformed e) {
            return Fixed.unknown("cohort " + id + " is malformed: " + e.getMessage());
        }
    }

    private static Filter negated(Filter filter) {
        if (filter instanceof Negated twice) {
            return twice.filter();
        }
        return filter instanceof Fixed fixed ? new Fixed(fixed.match().not(), fixed.reason()) : new Negated(filter);
    }
}
