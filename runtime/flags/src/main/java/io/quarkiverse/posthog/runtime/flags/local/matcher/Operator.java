package io.quarkiverse.posthog.runtime.flags.local.matcher;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The operators of property filters. */
public enum Operator {

    EXACT,
    IS_NOT,
    IS_SET,
    IS_NOT_SET,
    ICONTAINS,
    NOT_ICONTAINS,
    ICONTAINS_MULTI,
    NOT_ICONTAINS_MULTI,
    STARTS_WITH,
    NOT_STARTS_WITH,
    ENDS_WITH,
    NOT_ENDS_WITH,
    REGEX,
    NOT_REGEX,
    GT,
    GTE,
    LT,
    LTE,
    BETWEEN,
    NOT_BETWEEN,
    IS_DATE_BEFORE,
    IS_DATE_AFTER,
    IS_DATE_EXACT,
    SEMVER_EQ,
    SEMVER_NEQ,
    SEMVER_GT,
    SEMVER_GTE,
    SEMVER_LT,
    SEMVER_LTE,
    SEMVER_TILDE,
    SEMVER_CARET,
    SEMVER_WILDCARD;

    private static final Map<String, Operator> BY_CODE = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(Operator::code, Function.identity()));

    /** Returns the name of the operator in flag definitions. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether the operator matches if the property does not exist. */
    public boolean matchesAbsence() {
        return switch (this) {
            case IS_NOT, IS_NOT_SET, NOT_ICONTAINS, NOT_ICONTAINS_MULTI, NOT_STARTS_WITH, NOT_ENDS_WITH,
                    NOT_REGEX, NOT_BETWEEN ->
                true;
            default -> false;
        };
    }

    /** @return {@code null} if the operator is not supported */
    public static Operator of(String code) {
        return BY_CODE.get(code);
    }
}
