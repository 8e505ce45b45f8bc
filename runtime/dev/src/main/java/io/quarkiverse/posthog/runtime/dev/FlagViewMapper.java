package io.quarkiverse.posthog.runtime.dev;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.posthog.PropertyFilter;
import io.quarkiverse.posthog.featureflags.FeatureFlag;
import io.quarkiverse.posthog.featureflags.FlagCondition;
import io.quarkiverse.posthog.featureflags.FlagVariant;
import io.quarkiverse.posthog.runtime.flags.local.model.FlagMetadata;

/** Converts flags for the Dev UI. */
final class FlagViewMapper {

    private FlagViewMapper() {
    }

    static FlagView of(FeatureFlag flag) {
        if (flag.filters().additionalProperties().get("rules") instanceof List<?> rules) {
            return new FlagView(flag.key(), flag.id(), flag.name(), flag.active(), rules.stream().map(FlagViewMapper::rule)
                    .toList(), List.of());
        }
        return new FlagView(flag.key(), flag.id(), flag.name(), flag.active(),
                flag.filters().groups().stream().map(FlagViewMapper::words).toList(),
                flag.filters().multivariate() == null ? List.of()
                        : flag.filters().multivariate().variants().stream().map(FlagViewMapper::words).toList());
    }

    static FlagView of(FlagMetadata flag) {
        return new FlagView(flag.key(), flag.id(), null, null, List.of(), List.of());
    }

    /** Describes a rule of a flag with ordered rules. */
    private static String rule(Object json) {
        Map<?, ?> rule = json instanceof Map<?, ?> map ? map : Map.of();
        Object properties = rule.get("targeting") instanceof Map<?, ?> targeting ? targeting.get("properties") : null;
        String who = objects(properties).map(FlagViewMapper::predicate).collect(Collectors.joining(" and "));
        Object rollout = rule.get("rollout_percentage");
        String values = rule.containsKey("value") ? "value " + rule.get("value")
                : "variants " + objects(rule.get("variants"))
                        .map(variant -> variant.get("key") + " " + variant.get("weight") + " %")
                        .collect(Collectors.joining(", "));
        return (who.isEmpty() ? "everyone" : who) + ": " + (rollout == null ? 100 : rollout) + " %, " + values
                + (Boolean.TRUE.equals(rule.get("paused")) ? ", paused" : "");
    }

    private static Stream<? extends Map<?, ?>> objects(Object array) {
        return array instanceof List<?> list
                ? list.stream().filter(Map.class::isInstance).map(element -> (Map<?, ?>) element)
                : Stream.empty();
    }

    private static String predicate(Map<?, ?> filter) {
        String operator = filter.get("operator") == null ? "exact" : filter.get("operator").toString();
        return (Boolean.TRUE.equals(filter.get("negation")) ? "not " : "") + filter.get("key") + " "
                + words(operator, filter.get("value"));
    }

    private static String words(FlagCondition condition) {
        String who = condition.properties().isEmpty() ? "everyone"
                : condition.properties().stream().map(FlagViewMapper::words).collect(Collectors.joining(" and "));
        return who + ": " + (condition.rolloutPercentage() == null ? "100" : number(condition.rolloutPercentage())) + " %"
                + (condition.variant() == null ? "" : ", variant " + condition.variant());
    }

    private static String words(PropertyFilter filter) {
        String how = filter.operator() == null ? "exact" : filter.operator().toString();
        return switch (filter.type() == null ? "person" : filter.type()) {
            case "cohort" -> (how.equals("not_in") ? "not in cohort " : "in cohort ") + filter.value();
            case "flag" -> "flag " + filter.key() + " is " + filter.value();
            case "group" -> "group " + filter.key() + " " + words(how, filter.value());
            default -> filter.key() + " " + words(how, filter.value());
        };
    }

    private static String words(String operator, Object value) {
        String how = operator.equals("exact") ? "is" : operator.replace('_', ' ');
        return value == null || operator.startsWith("is_set") || operator.startsWith("is_not_set") ? how : how + " " + value;
    }

    private static String words(FlagVariant variant) {
        return variant.key() + (variant.rolloutPercentage() == null ? "" : " " + number(variant.rolloutPercentage()) + " %");
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
