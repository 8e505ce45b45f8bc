package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.util.ArrayList;
import java.util.List;

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
        if (operator == Operator.IS_SET || operator == Operator.IS_NOT_SET) {
            return new Always(Match.of(operator == Operator.IS_SET));
        }
        if (value == null) {
            return null;
        }
        return switch (operator) {
            case EXACT, IS_NOT -> equality(value, operator == Operator.IS_NOT);
            case ICONTAINS_MULTI, NOT_ICONTAINS_MULTI -> search(texts(value), Place.ANYWHERE, operator);
            case BETWEEN, NOT_BETWEEN -> between(value, operator == Operator.NOT_BETWEEN);
            case GT, GTE, LT, LTE -> number(operator, value);
            case IS_DATE_BEFORE, IS_DATE_AFTER, IS_DATE_EXACT ->
                value.isTextual() ? DateComparisonMatcher.of(operator, value.textValue()) : new Always(Match.NO);
            default -> text(operator, PropertyStringifier.of(value));
        };
    }

    private PropertyMatcher text(Operator operator, String text) {
        if (text == null) {
            return null;
        }
        return switch (operator) {
            case ICONTAINS, NOT_ICONTAINS -> search(List.of(text), Place.ANYWHERE, operator);
            case STARTS_WITH, NOT_STARTS_WITH -> search(List.of(text), Place.START, operator);
            case ENDS_WITH, NOT_ENDS_WITH -> search(List.of(text), Place.END, operator);
            case REGEX, NOT_REGEX -> regexes.compile(text, operator == Operator.NOT_REGEX);
            default -> SemverMatcher.of(operator, text);
        };
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

    private static PropertyMatcher number(Operator operator, JsonNode value) {
        double bound = Numbers.of(value);
        if (Double.isNaN(bound) && !Numbers.isNan(value)) {
            return null;
        }
        return switch (operator) {
            case GT, GTE -> NumberRangeMatcher.above(bound, operator == Operator.GTE);
            default -> NumberRangeMatcher.below(bound, operator == Operator.LTE);
        };
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
