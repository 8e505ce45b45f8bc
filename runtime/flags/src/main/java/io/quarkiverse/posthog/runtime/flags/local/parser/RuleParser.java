package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.flags.local.bucketing.IdShare;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.VariantAllocation;
import io.quarkiverse.posthog.runtime.flags.local.filter.Rule;
import io.quarkiverse.posthog.runtime.flags.local.filter.RulePredicate;
import io.quarkiverse.posthog.runtime.flags.local.matcher.Operator;
import io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyStringifier;
import io.quarkiverse.posthog.runtime.flags.local.matcher.RuleMatcherFactory;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;
import io.quarkiverse.posthog.runtime.flags.local.model.RuleOutcome;

/** Compiles one rule of a flag. */
final class RuleParser {

    private static final String TARGETED_RELEASE = "targeted_release";
    private static final String PERCENTAGE_ROLLOUT = "percentage_rollout";
    private static final String EXPERIMENT = "experiment";

    private static final Set<String> COMMON = Set.of("id", "rule_type", "targeting", "description", "metadata");
    private static final Set<String> ROLLOUT = Set.of("rollout_percentage", "on_rollout_miss", "assignment_algorithm", "seed",
            "assign_by");
    private static final Set<String> SPLIT = Set.of("experiment_id", "paused", "variants", "holdout");

    /** The fields of all types of rules. */
    static final Set<String> FIELDS = union(COMMON, ROLLOUT, SPLIT, Set.of("value"));

    private static final Set<String> PREDICATE = Set.of("key", "type", "value", "operator", "negation", "group_type_index",
            "cohort_name", "group_key_names", "label");
    private static final Set<String> OTHER_PREDICATES = Set.of("cohort", "group", "flag");

    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern VARIANT_KEY = Pattern.compile("[A-Za-z0-9_-]+");
    private static final String ALGORITHM = "sha1_60_v1";
    private static final int MAX_SEED = 400;
    private static final int MAX_PREDICATES = 100;
    private static final int MIN_VARIANTS = 2;
    private static final int MAX_VARIANTS = 20;
    private static final long ALL_HUNDREDTHS = 10_000;

    private final RuleJson rule;
    private final RuleValueType valueType;
    private final JsonNode defaultValue;
    private final RuleMatcherFactory matchers;
    private final boolean strict;
    private final String id;
    private final String type;

    RuleParser(RuleJson rule, RuleValueType valueType, JsonNode defaultValue, RuleMatcherFactory matchers, boolean strict) {
        this.rule = rule;
        this.valueType = valueType;
        this.defaultValue = defaultValue;
        this.matchers = matchers;
        this.strict = strict;
        this.type = rule.text("rule_type");
        this.id = rule.text("id");
    }

    String id() {
        return id;
    }

    /** Creates the value of a flag. Responses without typed values contain a number or an object as the payload. */
    static Value value(JsonNode value, MatchReason reason, int index, String type, String id, String variant) {
        boolean payload = value.isNumber() || value.isObject();
        boolean enabled = payload || value.isTextual() || value.booleanValue();
        return new Value(enabled, value.textValue(), payload ? PropertyStringifier.of(value) : null, reason, index,
                new RuleOutcome(value, type, id, variant));
    }

    /** @param index the index of the rule */
    Rule parse(int index) {
        if (!UUID.matcher(id).matches()) {
            throw rule.invalid("id", "Must be a UUID.");
        }
        Set<String> fields = switch (type) {
            case TARGETED_RELEASE -> union(COMMON, Set.of("value"));
            case PERCENTAGE_ROLLOUT -> union(COMMON, ROLLOUT, Set.of("value"));
            case EXPERIMENT -> union(COMMON, ROLLOUT, SPLIT);
            default -> throw rule.unsupported("rule_type",
                    "Must be " + TARGETED_RELEASE + ", " + PERCENTAGE_ROLLOUT + " or " + EXPERIMENT + ".");
        };
        rule.requireOnly(fields);
        rule.optionalText("description", false);
        if (rule.get("metadata") != null) {
            rule.object("metadata");
        }
        RulePredicate[] targeting = targeting();
        return switch (type) {
            case TARGETED_RELEASE -> new Rule(targeting, null, null, null, oneValue(index));
            case PERCENTAGE_ROLLOUT -> new Rule(targeting, null, null, rollout(index), oneValue(index));
            default -> experiment(targeting, index);
        };
    }

    private RulePredicate[] targeting() {
        return rule.object("targeting", Set.of("properties")).objects("properties", 0, MAX_PREDICATES, PREDICATE).stream()
                .map(this::predicate).toArray(RulePredicate[]::new);
    }

    private RulePredicate predicate(RuleJson json) {
        String predicateType = json.text("type");
        if (!predicateType.equals("person")) {
            throw OTHER_PREDICATES.contains(predicateType)
                    ? json.unsupported("type", "Only properties of persons are supported.")
                    : json.invalid("type", "Must be person.");
        }
        String key = json.text("key");
        if (key.isEmpty()) {
            throw json.invalid("key", "Must not be empty.");
        }
        json.optionalText("cohort_name", true);
        json.optionalText("label", true);
        if (!json.isMissing("group_type_index")) {
            throw json.invalid("group_type_index", "Must be null.");
        }
        if (!json.isMissing("group_key_names")) {
            json.object("group_key_names").optionalTexts();
        }
        boolean negated = !json.isMissing("negation") && json.bool("negation");
        Operator operator = json.isMissing("operator") ? Operator.EXACT : Operator.of(json.text("operator"));
        if (operator == null || operator == Operator.BETWEEN || operator == Operator.NOT_BETWEEN) {
            throw json.invalid("operator", "Unknown operator.");
        }
        JsonNode value = json.isMissing("value") ? null : json.get("value");
        String problem = RuleMatcherFactory.problem(operator, value);
        if (problem != null) {
            throw json.invalid("value", problem);
        }
        if (strict && matchers.isInvalidRegex(operator, value)) {
            throw json.invalid("value", "Must be a valid regular expression.");
        }
        return new RulePredicate(key, operator, matchers.create(operator, value), negated);
    }

    private Rule.Values oneValue(int index) {
        return new Rule.Values(null, value(typed(rule, "value"), MatchReason.TARGETING_MATCH, index, null));
    }

    private JsonNode typed(RuleJson json, String field) {
        JsonNode value = json.required(field);
        if (!valueType.accepts(value) || strict && RuleValueType.isReserved(value)) {
            throw json.invalid(field, "Must be " + valueType.description() + ".");
        }
        return value;
    }

    private Value value(JsonNode value, MatchReason reason, int index, String variant) {
        return value(value, reason, index, type, id, variant);
    }

    private Rule.Rollout rollout(int index) {
        double percentage = rule.percentage("rollout_percentage");
        String miss = rule.text("on_rollout_miss");
        if (!miss.equals("continue") && !miss.equals("return_default")) {
            throw rule.invalid("on_rollout_miss", "Must be continue or return_default.");
        }
        if (!rule.text("assignment_algorithm").equals(ALGORITHM)) {
            throw rule.unsupported("assignment_algorithm", "Must be " + ALGORITHM + ".");
        }
        if (rule.get("assign_by") != null && !rule.text("assign_by").equals("person")) {
            throw rule.unsupported("assign_by", "Must be person.");
        }
        return new Rule.Rollout(new IdShare(bytes(seed(rule) + "."), percentage),
                miss.equals("continue") ? null : value(defaultValue, MatchReason.ROLLOUT_MISS, index, null));
    }

    private static String seed(RuleJson json) {
        String seed = json.text("seed");
        int length = seed.codePointCount(0, seed.length());
        if (length == 0 || length > MAX_SEED) {
            throw json.invalid("seed", "Must be between 1 and " + MAX_SEED + " characters.");
        }
        return seed;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Rule experiment(RulePredicate[] targeting, int index) {
        JsonNode experiment = rule.required("experiment_id");
        if (!experiment.isNull()) {
            throw experiment.isIntegralNumber()
                    ? rule.unsupported("experiment_id", "Rules of an experiment are not supported.")
                    : rule.invalid("experiment_id", "Must be null.");
        }
        Value paused = rule.bool("paused") ? value(defaultValue, MatchReason.EXPERIMENT_PAUSED, index, null) : null;
        return new Rule(targeting, paused, exclusion(index), rollout(index), variants(index));
    }

    private Rule.Exclusion exclusion(int index) {
        if (rule.get("holdout") == null) {
            return null;
        }
        RuleJson holdout = rule.object("holdout", Set.of("id", "seed", "exclusion_percentage"));
        if (!holdout.required("id").isNull()) {
            throw holdout.invalid("id", "Must be null without an experiment.");
        }
        return new Rule.Exclusion(new IdShare(bytes(seed(holdout)), holdout.percentage("exclusion_percentage")),
                value(defaultValue, MatchReason.HOLDOUT, index, null));
    }

    private Rule.Values variants(int index) {
        List<String> keys = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        Set<String> unique = new HashSet<>();
        long hundredths = 0;
        for (RuleJson variant : rule.objects("variants", MIN_VARIANTS, MAX_VARIANTS, Set.of("key", "weight", "value"))) {
            String key = variant.text("key");
            if (!VARIANT_KEY.matcher(key).matches()) {
                throw variant.invalid("key", "Must consist of letters, digits, underscores and hyphens.");
            }
            if (!unique.add(key)) {
                throw variant.notUnique("key", "Used by another variant.");
            }
            keys.add(key);
            weights.add(variant.percentage("weight"));
            hundredths += Math.round(weights.get(weights.size() - 1) * 100);
            values.add(value(typed(variant, "value"), MatchReason.TARGETING_MATCH, index, key));
        }
        if (hundredths != ALL_HUNDREDTHS) {
            throw rule.invalid("variants", "The weights must add up to 100.");
        }
        return new Rule.Values(new VariantAllocation(keys, weights), values.toArray(Value[]::new));
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        return Stream.of(sets).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }
}
