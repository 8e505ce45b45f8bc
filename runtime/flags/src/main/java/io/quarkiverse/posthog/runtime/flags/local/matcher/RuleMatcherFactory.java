package io.quarkiverse.posthog.runtime.flags.local.matcher;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.runtime.flags.local.matcher.PropertyMatcher.Always;

/** Creates the matchers for the filters of ordered rules. PostHog rejects filter values that condition sets can have. */
public final class RuleMatcherFactory {

    private static final Always FAILS = new Always(Match.UNKNOWN);
    private static final int NUMBERS = 3;

    private final PropertyMatcherFactory matchers;

    public RuleMatcherFactory(PropertyMatcherFactory matchers) {
        this.matchers = matchers;
    }

    /**
     * Returns what the value of a filter must be, as a sentence.
     *
     * @param value {@code null} if the filter has no value, which PostHog accepts for all operators
     * @return {@code null} if the value is valid
     */
    public static String problem(Operator operator, JsonNode value) {
        if (value == null) {
            return null;
        }
        boolean text = value.isTextual();
        return switch (operator) {
            case EXACT, IS_NOT, IS_SET, IS_NOT_SET -> null;
            case ICONTAINS, NOT_ICONTAINS, STARTS_WITH, NOT_STARTS_WITH, ENDS_WITH, NOT_ENDS_WITH, REGEX, NOT_REGEX ->
                text ? null : "Must be a string.";
            case ICONTAINS_MULTI, NOT_ICONTAINS_MULTI -> value.isArray() ? null : "Must be an array.";
            case GT, GTE, LT, LTE -> text || value.isNumber() && !Double.isNaN(Numbers.of(value)) ? null
                    : "Must be a string or a finite number.";
            case IS_DATE_BEFORE, IS_DATE_AFTER, IS_DATE_EXACT -> text && Dates.parse(value.textValue()) != null ? null
                    : "Must be a date, or a relative date such as -7d.";
            case SEMVER_EQ, SEMVER_NEQ, SEMVER_GT, SEMVER_GTE, SEMVER_LT, SEMVER_LTE, SEMVER_TILDE, SEMVER_CARET,
                    SEMVER_WILDCARD ->
                text && isVersion(operator, value.textValue()) ? null : "Must be a version.";
            case BETWEEN, NOT_BETWEEN -> "Cannot be used with this operator.";
        };
    }

    /** Returns whether a valid value is a regular expression that PostHog cannot compile. */
    public boolean isInvalidRegex(Operator operator, JsonNode value) {
        boolean regex = operator == Operator.REGEX || operator == Operator.NOT_REGEX;
        return regex && value != null && matchers.create(operator, value) instanceof Always;
    }

    /**
     * Creates the matcher for a valid value.
     *
     * @return a matcher whose result is unknown if the value cannot be used, such as an invalid regular expression
     */
    public PropertyMatcher create(Operator operator, JsonNode value) {
        boolean presence = operator == Operator.IS_SET || operator == Operator.IS_NOT_SET;
        if (value == null && !presence) {
            return new Always(Match.NO);
        }
        PropertyMatcher matcher = matchers.create(operator, value);
        return matcher == null || !presence && matcher instanceof Always ? FAILS : matcher;
    }

    /** Returns whether the first three numbers are numbers without a prefix, and the rest is a version. */
    private static boolean isVersion(Operator operator, String text) {
        String version = operator == Operator.SEMVER_WILDCARD ? withoutWildcards(text) : text;
        int hyphen = version.indexOf('-');
        String[] numbers = (hyphen < 0 ? version : version.substring(0, hyphen)).split("\\.", -1);
        for (int i = 0; i < Math.min(NUMBERS, numbers.length); i++) {
            if (!Semver.isNumber(numbers[i], 0, numbers[i].length())) {
                return false;
            }
        }
        return Semver.parse(version) != null && SemverMatcher.of(operator, text) != null;
    }

    private static String withoutWildcards(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '*')) {
            end--;
        }
        return text.substring(0, end);
    }
}
