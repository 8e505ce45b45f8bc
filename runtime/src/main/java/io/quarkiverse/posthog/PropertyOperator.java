package io.quarkiverse.posthog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The operator of a property filter. Operators that this version does not support keep their name.
 *
 * @param value PostHog's name of the operator
 */
public record PropertyOperator(@JsonValue String value) {

    /** Equals, or is one of, ignoring case. */
    public static final PropertyOperator EXACT = of("exact");
    /** Differs from all values. */
    public static final PropertyOperator IS_NOT = of("is_not");
    /** Contains, ignoring case. */
    public static final PropertyOperator ICONTAINS = of("icontains");
    /** Does not contain, ignoring case. */
    public static final PropertyOperator NOT_ICONTAINS = of("not_icontains");
    /** Contains one of several texts, ignoring case. */
    public static final PropertyOperator ICONTAINS_MULTI = of("icontains_multi");
    /** Contains none of several texts, ignoring case. */
    public static final PropertyOperator NOT_ICONTAINS_MULTI = of("not_icontains_multi");
    /** Matches a regular expression. */
    public static final PropertyOperator REGEX = of("regex");
    /** Does not match a regular expression. */
    public static final PropertyOperator NOT_REGEX = of("not_regex");
    /** Greater than. */
    public static final PropertyOperator GT = of("gt");
    /** Greater than or equal to. */
    public static final PropertyOperator GTE = of("gte");
    /** Less than. */
    public static final PropertyOperator LT = of("lt");
    /** Less than or equal to. */
    public static final PropertyOperator LTE = of("lte");
    /** The property exists. */
    public static final PropertyOperator IS_SET = of("is_set");
    /** The property does not exist. */
    public static final PropertyOperator IS_NOT_SET = of("is_not_set");
    /** At this time; for the form of the value, see {@link #IS_DATE_BEFORE}. */
    public static final PropertyOperator IS_DATE_EXACT = of("is_date_exact");
    /**
     * Before a date: text such as {@code 2026-01-31}, which is the beginning of the day,
     * {@code 2026-01-31T18:30:00Z}, or a relative time such as {@code -7d}.
     */
    public static final PropertyOperator IS_DATE_BEFORE = of("is_date_before");
    /** After a date; for the form of the value, see {@link #IS_DATE_BEFORE}. */
    public static final PropertyOperator IS_DATE_AFTER = of("is_date_after");
    /** Member of a cohort. */
    public static final PropertyOperator IN = of("in");
    /** Not member of a cohort. */
    public static final PropertyOperator NOT_IN = of("not_in");
    /** Another feature flag has this value. */
    public static final PropertyOperator FLAG_EVALUATES_TO = of("flag_evaluates_to");
    /** Semantic version equal to. */
    public static final PropertyOperator SEMVER_EQ = of("semver_eq");
    /** Semantic version different from. */
    public static final PropertyOperator SEMVER_NEQ = of("semver_neq");
    /** Semantic version greater than. */
    public static final PropertyOperator SEMVER_GT = of("semver_gt");
    /** Semantic version greater than or equal to. */
    public static final PropertyOperator SEMVER_GTE = of("semver_gte");
    /** Semantic version less than. */
    public static final PropertyOperator SEMVER_LT = of("semver_lt");
    /** Semantic version less than or equal to. */
    public static final PropertyOperator SEMVER_LTE = of("semver_lte");
    /** Semantic version in a tilde range: patch releases of the same minor version. */
    public static final PropertyOperator SEMVER_TILDE = of("semver_tilde");
    /** Semantic version in a caret range: compatible releases of the same major version. */
    public static final PropertyOperator SEMVER_CARET = of("semver_caret");
    /** Semantic version in a wildcard range such as {@code 1.2.*}. */
    public static final PropertyOperator SEMVER_WILDCARD = of("semver_wildcard");

    /** Returns the operator with this name in PostHog. */
    @JsonCreator
    public static PropertyOperator of(String value) {
        return new PropertyOperator(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
