package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyMatcher.Always;
import io.quarkiverse.posthog.runtime.flags.local.matcher.TextSearchMatcher.Place;

/** Creates the matchers for the property filters of one set of flag definitions. */
public final class PropertyMatcherFactory {

    /** The version of the flag definitions in which boolean filter values are compared like other values. */
    public static final int EXPLICIT_BOOLEANS = 2;

    private final RegexCompiler regexes = new RegexCompiler();
    private final int version;

    /** @param version the property matching version of the flag definitions */
    public PropertyMatcherFactory(int version) {
        this.version = version;
    }

    /**
     * Creates the matcher for an operator.
     *
     * @param value the value of the filter; {@code null} if it has none
     * @return {@code null} if the value is not valid for the operator, or PostHog may interpret it differently
     */
    public PropertyMatcher create(Operator operator, JsonNode value) {
        if (value == null && operator != Operator.IS_SET && operator != Operator.IS_NOT_SET) {
            return null;
        }
        return switch (operator) {
            case IS_SET, IS_NOT_SET -> new Always(Match.of(operator == Operator.IS_SET));
            case EXACT, IS_NOT -> equality(value, operator == Operator.IS_NOT);
            case ICONTAINS, NOT_ICONTAINS -> search(text(value), Place.ANYWHERE, operator);
            case ICONTAINS_MULTI, NOT_ICONTAINS_MULTI -> search(texts(value), Place.ANYWHERE, operator);
            case STARTS_WITH, NOT_STARTS_WITH -> search(text(value), Place.START, operator);
            case ENDS_WITH, NOT_ENDS_WITH -> search(text(value), Place.END, operator);
            case REGEX, NOT_REGEX -> regex(PropertyStringifier.of(value), operator == Operator.NOT_REGEX);
            case GT, GTE -> number(value, bound -> NumberRangeMatcher.above(bound, operator == Operator.GTE));
            case LT, LTE -> number(value, bound -> NumberRangeMatcher.below(bound, operator == Operator.LTE));
            case BETWEEN, NOT_BETWEEN -> between(value, operator == Operator.NOT_BETWEEN);
            case IS_DATE_BEFORE, IS_DATE_AFTER, IS_DATE_EXACT ->
                value.isTextual() ? DateComparisonMatcher.of(operator, value.textValue()) : new Always(Match.NO);
            case SEMVER_EQ, SEMVER_NEQ, SEMVER_GT, SEMVER_GTE, SEMVER_LT, SEMVER_LTE, SEMVER_TILDE, SEMVER_CARET,
                    SEMVER_WILDCARD ->
                version(operator, PropertyStringifier.of(value));
        };
    }

    private PropertyMatcher regex(String text, boolean negated) {
        return text == null ? null : regexes.compile(text, negated);
    }

    private static PropertyMatcher version(Operator operator, String text) {
        return text == null ? null : SemverMatcher.of(operator, text);
    }

    private PropertyMatcher equality(JsonNode value, boolean negated) {
        boolean isEmptyList = value.isArray() && value.isEmpty();
        if (isEmptyList || version != EXPLICIT_BOOLEANS && TruthMatcher.isBoolean(value, 0)) {
            return new TruthMatcher(TruthMatcher.isTrue(value, 0) == Match.YES, Match.of(!negated));
        }
        List<String> texts = texts(value);
        return texts == null ? null : new EqualityMatcher(texts, negated);
    }

    private static PropertyMatcher search(List<String> texts, Place place, Operator operator) {
        boolean negated = operator.code().startsWith("not_");
        return texts == null ? null : new TextSearchMatcher(texts, place, negated);
    }

    /** @return the value as a text; {@code null} if PostHog may use another text for it */
    private static List<String> text(JsonNode value) {
        String text = PropertyStringifier.of(value);
        return text == null ? null : List.of(text);
    }

    /** @return the text or the texts of a list; {@code null} if PostHog may use another text for one of them */
    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            String text = PropertyStringifier.of(one);
            if (text == null) {
                return null;
            }
            texts.add(text);
        }
        return texts;
    }

    private static PropertyMatcher number(JsonNode value, DoubleFunction<PropertyMatcher> range) {
        double bound = Numbers.of(value);
        return Double.isNaN(bound) && !Numbers.isNan(value) ? null : range.apply(bound);
    }

    private static PropertyMatcher between(JsonNode value, boolean outside) {
        if (!value.isArray() || value.size() != 2) {
            return null;
        }
        double low = Numbers.of(value.get(0));
        double high = Numbers.of(value.get(1));
        return low <= high ? new NumberRangeMatcher(low, true, high, true, outside) : null;
    }
}
