package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.flags.local.filter.Rule;
import io.quarkiverse.posthog.runtime.flags.local.filter.RuleSet;
import io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyMatcherFactory;
import io.quarkiverse.posthog.runtime.flags.local.matcher.RuleMatcherFactory;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;

/** Compiles the ordered rules of a flag, which are filters of version 2. */
public final class RuleSetParser {

    private static final int VERSION = 2;
    private static final int MAX_RULES = 100;
    private static final String GROUP_INDEX = "aggregation_group_type_index";
    private static final Set<String> FIELDS = Set.of("version", "return_type", "default_value", "rules", GROUP_INDEX);

    private final RuleMatcherFactory matchers;
    private final boolean strict;

    /**
     * @param strict whether to reject what PostHog does not store, although the evaluation accepts it or fails when it is used
     */
    RuleSetParser(RuleMatcherFactory matchers, boolean strict) {
        this.matchers = matchers;
        this.strict = strict;
    }

    /** Returns whether filters are ordered rules. */
    public static boolean isRuleSet(JsonNode filters) {
        JsonNode version = filters == null ? null : filters.get("version");
        return version != null && version.isNumber() && version.doubleValue() == VERSION;
    }

    /**
     * Checks rules as PostHog does when they are stored.
     *
     * @throws InvalidRuleException if the rules are malformed or not supported
     */
    public static void validate(JsonNode filters) {
        new RuleSetParser(new RuleMatcherFactory(new PropertyMatcherFactory(PropertyMatcherFactory.EXPLICIT_BOOLEANS)), true)
                .parse(filters);
    }

    /** @throws InvalidRuleException if the rules are malformed or not supported */
    RuleSet parse(JsonNode filters) {
        RuleJson json = new RuleJson(filters, "", FIELDS);
        if (!isRuleSet(filters)) {
            throw json.unsupported("version", "Must be config version " + VERSION + ".");
        }
        JsonNode group = json.get(GROUP_INDEX);
        if (group != null) {
            throw group.isIntegralNumber() ? json.unsupported(GROUP_INDEX, "Rules for groups are not supported.")
                    : json.invalid(GROUP_INDEX, "Must be an integer.");
        }
        RuleValueType type = RuleValueType.of(json.text("return_type"));
        if (type == null) {
            throw json.invalid("return_type", "Must be boolean, string, number or object.");
        }
        JsonNode defaultValue = json.required("default_value");
        if (!defaultValue.isNull() && !type.accepts(defaultValue) || strict && RuleValueType.isReserved(defaultValue)) {
            throw json.invalid("default_value", "Must be null or " + type.description() + ".");
        }
        List<Rule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (RuleJson rule : json.objects("rules", 0, MAX_RULES, RuleParser.FIELDS)) {
            RuleParser parser = new RuleParser(rule, type, defaultValue, matchers, strict);
            rules.add(parser.parse(rules.size()));
            if (!ids.add(parser.id().toLowerCase(Locale.ROOT))) {
                throw rule.notUnique("id", "Used by another rule.");
            }
        }
        return new RuleSet(rules.toArray(Rule[]::new),
                RuleParser.value(defaultValue, MatchReason.NO_RULE_MATCH, Value.NO_CONDITION, null, null, null));
    }
}
