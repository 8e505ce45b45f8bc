package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.flags.local.filter.Filter;
import io.quarkiverse.posthog.runtime.flags.local.filter.Filter.Fixed;
import io.quarkiverse.posthog.runtime.flags.local.filter.FlagDependencyFilter;
import io.quarkiverse.posthog.runtime.flags.local.filter.PropertySource;
import io.quarkiverse.posthog.runtime.flags.local.filter.PropertyValueFilter;
import io.quarkiverse.posthog.runtime.flags.local.filter.RuleSet;
import io.quarkiverse.posthog.runtime.flags.local.matcher.Operator;
import io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyMatcher;
import io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyMatcherFactory;
import io.quarkiverse.posthog.runtime.flags.local.matcher.RuleMatcherFactory;
import io.quarkiverse.posthog.runtime.flags.local.parser.StrictJson.Malformed;

/** Compiles the filters of condition sets and cohorts. A malformed filter affects only its condition set. */
final class FilterParser {

    private static final String FLAG_OPERATOR = "flag_evaluates_to";

    private final GroupTypes groupTypes;
    private final Map<String, Integer> flags;
    private final CohortParser cohorts;
    private final PropertyMatcherFactory matchers;
    private final List<String> warnings;

    /**
     * @param flags the index of each flag, by key
     * @param version the property matching version
     */
    FilterParser(GroupTypes groupTypes, Map<String, Integer> flags, JsonNode cohorts, int version, List<String> warnings) {
        this.matchers = new PropertyMatcherFactory(version);
        this.groupTypes = groupTypes;
        this.flags = flags;
        this.cohorts = new CohortParser(cohorts, this);
        this.warnings = warnings;
    }

    /** @throws InvalidRuleException if the rules are malformed or not supported */
    RuleSet ruleSet(JsonNode filters) {
        return new RuleSetParser(new RuleMatcherFactory(matchers), false).parse(filters);
    }

    /** @param subject the default for filters without a type */
    Filter parse(JsonNode filter, PropertySource subject) {
        return parse(filter, subject, 0);
    }

    Filter parse(JsonNode filter, PropertySource subject, int depth) {
        try {
            String type = filter.isObject() ? StrictJson.text(filter, "type") : "";
            return switch (type == null ? "" : type) {
                case "cohort" -> cohorts.filter(filter, depth);
                case "flag" -> flag(filter);
                case "person" -> property(filter, PropertySource.PERSON);
                case "group" -> property(filter, group(filter, subject));
                case "" -> filter.isObject() ? property(filter, subject) : Fixed.unknown("a filter is not an object");
                default -> Fixed.unknown("filters of type '" + type + "' are not supported");
            };
        } catch (Malformed e) {
            return Fixed.unknown("a filter is malformed: " + e.getMessage());
        }
    }

    /** Returns the group of a filter, which can differ from the group of the condition set. */
    private PropertySource group(JsonNode filter, PropertySource subject) {
        Integer index = StrictJson.integer(filter, "group_type_index");
        if (index == null && subject.group() != null) {
            return subject;
        }
        String name = index == null ? null : groupTypes.name(index);
        if (name == null) {
            throw new Malformed("its group type is unknown");
        }
        return new PropertySource(name);
    }

    private Filter property(JsonNode filter, PropertySource source) {
        String key = StrictJson.required(StrictJson.text(filter, "key"), "key");
        String code = StrictJson.text(filter, "operator");
        Operator operator = code == null ? Operator.EXACT : Operator.of(code);
        if (operator == null) {
            return Fixed.unknown("operator '" + code + "' is not supported");
        }
        PropertyMatcher matcher = matchers.create(operator, StrictJson.get(filter, "value"));
        if (matcher == null) {
            return Fixed.unknown("the value of a filter on '" + key + "' is not valid for " + code);
        }
        return new PropertyValueFilter(source, key, operator, matcher);
    }

    private Filter flag(JsonNode filter) {
        JsonNode key = StrictJson.get(filter, "key");
        JsonNode value = StrictJson.get(filter, "value");
        JsonNode operator = StrictJson.get(filter, "operator");
        boolean named = key != null && key.isTextual();
        if (!named || value == null || operator == null || !FLAG_OPERATOR.equals(operator.textValue())) {
            // PostHog does not match such a filter either
            warnings.add("A condition on flag " + key + " never matches: it needs a key, a value and the operator "
                    + FLAG_OPERATOR);
            return Fixed.NO;
        }
        String name = key.textValue();
        List<JsonNode> members = StrictJson.array(filter, "dependency_chain");
        if (members.isEmpty()) {
            boolean missing = StrictJson.get(filter, "dependency_chain") == null;
            return Fixed.unknown(missing ? "the dependencies of flag '" + name + "' are missing"
                    : "flag '" + name + "' depends on itself");
        }
        return flag(name, value, members);
    }

    private Filter flag(String name, JsonNode value, List<JsonNode> members) {
        List<Integer> chain = new ArrayList<>();
        for (JsonNode member : members) {
            Integer index = member.isTextual() ? flags.get(member.textValue()) : null;
            if (index == null) {
                return Fixed.unknown("flag " + member + ", on which it depends, is not among the definitions");
            }
            chain.add(index);
        }
        Integer index = flags.get(name);
        if (index == null || !chain.contains(index)) {
            return Fixed.unknown("flag '" + name + "', on which it depends, is not among the definitions");
        }
        Object expected = value.isBoolean() ? (Object) value.booleanValue() : value.isTextual() ? value.textValue() : value;
        return new FlagDependencyFilter(chain.stream().mapToInt(Integer::intValue).toArray(), index, name, expected);
    }
}
