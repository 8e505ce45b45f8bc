package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flag;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flags;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.outcome;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.person;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.property;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.quarkiverse.posthog.runtime.flags.local.matcher.Operator;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;

/** What each operator makes of each kind of value. */
class PropertyOperatorsTest {

    private enum Colour {
        RED
    }

    /** @param filter JSON with single quotes */
    private static Object match(String operator, String filter, Object value) {
        return outcome(flags(flag("a", property("key", operator, filter))), "a",
                person("user-1", Collections.singletonMap("key", value)));
    }

    @ParameterizedTest
    @EnumSource(Operator.class)
    @Tag("LFO-1")
    void aMissingPropertyIsInconclusive(Operator operator) {
        String value = switch (operator) {
            case BETWEEN, NOT_BETWEEN -> "[1, 2]";
            case SEMVER_WILDCARD -> "'1.*'";
            case IS_DATE_AFTER, IS_DATE_BEFORE, IS_DATE_EXACT -> "'2025-01-01'";
            default -> "'1'";
        };

        assertThat(outcome(flags(flag("a", property("key", operator.code(), value))), "a", person("user-1", Map.of())))
                .isEqualTo("inconclusive");
        assertThat(match(operator.code(), value, "1")).as("with the property").isIn(true, false, "inconclusive");
    }

    @ParameterizedTest
    @EnumSource(Operator.class)
    @Tag("LFO-3")
    void nullHasTheTextNull(Operator operator) {
        String value = switch (operator) {
            case BETWEEN, NOT_BETWEEN -> "[1, 2]";
            case SEMVER_WILDCARD -> "'1.*'";
            case IS_DATE_AFTER, IS_DATE_BEFORE, IS_DATE_EXACT -> "'2025-01-01'";
            default -> "'1'";
        };
        Object expected = switch (operator) {
            case IS_SET, IS_NOT, NOT_ICONTAINS, NOT_ICONTAINS_MULTI, NOT_STARTS_WITH, NOT_ENDS_WITH, NOT_REGEX -> true;
            case GT, GTE, LT, LTE, BETWEEN, NOT_BETWEEN -> "inconclusive";
            default -> false;
        };

        assertThat(match(operator.code(), value, null)).isEqualTo(expected);
        assertThat(match(operator.code(), value, JsonNodeFactory.instance.nullNode())).isEqualTo(expected);
    }

    @Test
    @Tag("LFO-2")
    void anUnknownOperatorIsInconclusive() {
        assertThat(match("some_future_op", "'x'", "x")).isEqualTo("inconclusive");
        assertThat(match("in", "'x'", "x")).as("for cohorts").isEqualTo("inconclusive");
        assertThat(match("flag_evaluates_to", "true", true)).as("for flags").isEqualTo("inconclusive");
        assertThat(match("EXACT", "'x'", "x")).isEqualTo("inconclusive");
    }

    @Test
    @Tag("LFO-4")
    void theOperatorIsExactUnlessGiven() {
        LocalEvaluator flags = flags(flag("a", "{'key': 'key', 'type': 'person', 'value': 'x'}"),
                flag("b", "{'key': 'key', 'operator': null, 'value': 'x'}"));
        for (String key : List.of("a", "b")) {
            assertThat(outcome(flags, key, person("user-1", Map.of("key", "X")))).isEqualTo(true);
            assertThat(outcome(flags, key, person("user-1", Map.of("key", "xx")))).isEqualTo(false);
        }
    }

    @Test
    void aFilterWithoutValueIsInconclusiveWhereOneIsNeeded() {
        assertThat(match("exact", "null", "x")).isEqualTo("inconclusive");
        assertThat(match("not_icontains", "null", "x")).isEqualTo("inconclusive");
        assertThat(match("is_set", "null", "x")).isEqualTo(true);
    }

    @Test
    @Tag("LFO-4")
    void equalityIsThatOfTextWhateverItsCase() {
        assertThat(match("exact", "'Straße ÄÖ'", "STRASSE äö")).isEqualTo(false);
        assertThat(match("exact", "'Straße ÄÖ'", "STRAßE äö")).isEqualTo(true);
        assertThat(match("exact", "'é'", "e")).as("accents count").isEqualTo(false);
        assertThat(match("exact", "1", "1")).isEqualTo(true);
        assertThat(match("exact", "'1'", 1)).isEqualTo(true);
        assertThat(match("exact", "true", true)).isEqualTo(true);
        assertThat(match("exact", "'True'", true)).isEqualTo(true);
        assertThat(match("exact", "false", "anything")).as("not true").isEqualTo(true);
        assertThat(match("is_not", "'a'", "A")).isEqualTo(false);
        assertThat(match("is_not", "'null'", null)).isEqualTo(false);
    }

    @Test
    @Tag("LFO-4")
    void equalityWithAListIsThatWithAnyOfIt() {
        assertThat(match("exact", "['a', 2, true]", "A")).isEqualTo(true);
        assertThat(match("exact", "['a', 2, true]", 2)).isEqualTo(true);
        assertThat(match("exact", "['a', 2, true]", true)).isEqualTo(true);
        assertThat(match("exact", "['a', 2, true]", "b")).isEqualTo(false);
        assertThat(match("exact", "[]", "b")).isEqualTo(false);
        assertThat(match("is_not", "[]", "b")).isEqualTo(true);
        assertThat(match("is_not", "['a', 'b']", "c")).isEqualTo(true);
    }

    @Test
    void caseDoesNotDependOnTheLanguageOfTheMachine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("tr", "TR"));
            assertThat(match("exact", "'TITLE'", "title")).isEqualTo(true);
            assertThat(match("icontains", "'TITLE'", "a title")).isEqualTo(true);
            assertThat(match("is_set", "null", "x")).isEqualTo(true);
            assertThat(Operator.of("is_date_exact")).isNotNull();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aHugeListIsNoHardship() {
        StringBuilder list = new StringBuilder("[");
        for (int i = 0; i < 50_000; i++) {
            list.append("'value-").append(i).append("',");
        }
        LocalEvaluator flags = flags(flag("a", property("key", "exact", list + "'last']")));
        EvaluationInput last = person("user-1", Map.of("key", "LAST"));
        long start = System.nanoTime();
        for (int i = 0; i < 2_000; i++) {
            assertThat(outcome(flags, "a", last)).isEqualTo(true);
        }
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    @Tag("LFO-6")
    void searchesFoldAsciiLettersOnly() {
        assertThat(match("icontains", "'ABC'", "xxabcxx")).isEqualTo(true);
        assertThat(match("icontains", "'az'", "xAZ")).isEqualTo(true);
        assertThat(match("icontains", "'abc'", "xxABCxx")).isEqualTo(true);
        assertThat(match("icontains", "'Ä'", "xä")).isEqualTo(false);
        assertThat(match("icontains", "''", "x")).isEqualTo(true);
        assertThat(match("not_icontains", "'b'", "ABC")).isEqualTo(false);
        assertThat(match("not_icontains", "'z'", "ABC")).isEqualTo(true);
        assertThat(match("icontains", "'@'", "[`{@")).as("neighbours of letters").isEqualTo(true);
        assertThat(match("icontains", "'['", "{")).isEqualTo(false);
    }

    @Test
    @Tag("LFO-6")
    void beginningsAndEndsAreThoseOfText() {
        assertThat(match("starts_with", "'admin@'", "Admin@Example.com")).isEqualTo(true);
        assertThat(match("starts_with", "'example'", "Admin@Example.com")).isEqualTo(false);
        assertThat(match("not_starts_with", "'example'", "Admin@Example.com")).isEqualTo(true);
        assertThat(match("ends_with", "'EXAMPLE.COM'", "Admin@Example.com")).isEqualTo(true);
        assertThat(match("ends_with", "'admin'", "Admin@Example.com")).isEqualTo(false);
        assertThat(match("not_ends_with", "'.com'", "Admin@Example.com")).isEqualTo(false);
        assertThat(match("starts_with", "3", 323)).isEqualTo(true);
        assertThat(match("starts_with", "'tr'", true)).isEqualTo(true);
    }

    @Test
    @Tag("LFO-6")
    void severalTextsAreSearchedAtOnce() {
        assertThat(match("icontains_multi", "['foo', 'bar']", "xBARx")).isEqualTo(true);
        assertThat(match("icontains_multi", "['foo', 'bar']", "baz")).isEqualTo(false);
        assertThat(match("icontains_multi", "'ba'", "BAZ")).isEqualTo(true);
        assertThat(match("icontains_multi", "[]", "baz")).isEqualTo(false);
        assertThat(match("not_icontains_multi", "['foo', 'bar']", "xBARx")).isEqualTo(false);
        assertThat(match("not_icontains_multi", "['foo', 'bar']", "baz")).isEqualTo(true);
        assertThat(match("icontains_multi", "[12]", 5123)).isEqualTo(true);
    }

    @Test
    @Tag("LFO-8")
    void numbersAreComparedAsNumbers() {
        assertThat(match("gt", "30", "100")).isEqualTo(true);
        assertThat(match("lt", "'30'", "100")).isEqualTo(false);
        assertThat(match("gte", "'1e2'", 100)).isEqualTo(true);
        assertThat(match("lte", "1.5", new BigDecimal("1.5"))).isEqualTo(true);
        assertThat(match("lt", "0", -0.1f)).isEqualTo(true);
        assertThat(match("gt", "1", 1)).isEqualTo(false);
        assertThat(match("gt", "'+1'", "1.")).isEqualTo(false);
        assertThat(match("gt", "0", ".5")).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = { "abc", "''", "' 1'", "1d", "0x10", "1_000", "--1", "1e", ".", "e5",
            "١" })
    @Tag("LFO-8")
    void whatIsNoNumberIsInconclusive(String text) {
        String value = text.replace("'", "");
        assertThat(match("gt", "1", value)).isEqualTo("inconclusive");
        assertThat(match("lte", "'" + value + "'", 1)).isEqualTo("inconclusive");
        assertThat(match("between", "[0, 9]", value)).isEqualTo("inconclusive");
    }

    @ParameterizedTest
    @CsvSource({ "gt, 1, inf, true", "lt, 1, -Infinity, true", "gt, 1, +INF, true", "gt, inf, 1, false", "lte, inf, 1, true",
            "gt, 1, NaN, false", "lte, 1, nan, false", "gt, nan, 1, false", "lte, NaN, 1, false", "gte, -nan, nan, false" })
    @Tag("LFO-8")
    void someWordsAreNumbers(String operator, String filter, String value, boolean expected) {
        assertThat(match(operator, "'" + filter + "'", value)).isEqualTo(expected);
    }

    @Test
    void otherValuesAreNoNumbers() {
        assertThat(match("gt", "1", true)).isEqualTo("inconclusive");
        assertThat(match("gt", "1", List.of(2))).isEqualTo("inconclusive");
        assertThat(match("gt", "[1]", 2)).isEqualTo("inconclusive");
        assertThat(match("gt", "1", Double.NaN)).isEqualTo("inconclusive");
    }

    @Test
    @Tag("LFO-8")
    void rangesIncludeTheirBounds() {
        assertThat(match("between", "[1, 10]", 1)).isEqualTo(true);
        assertThat(match("between", "['1', '10']", "10")).isEqualTo(true);
        assertThat(match("between", "[1, 10]", 10.01)).isEqualTo(false);
        assertThat(match("not_between", "[1, 10]", 1)).isEqualTo(false);
        assertThat(match("not_between", "[1, 10]", 0)).isEqualTo(true);
    }

    @Test
    void whatIsNoRangeIsInconclusive() {
        for (String range : List.of("[10, 1]", "[1]", "[1, 2, 3]", "['a', 2]", "['nan', 2]", "5", "'1,2'", "[null, 2]", "{}")) {
            assertThat(match("between", range, 5)).as(range).isEqualTo("inconclusive");
            assertThat(match("not_between", range, 5)).as(range).isEqualTo("inconclusive");
        }
    }

    @Test
    @Tag("LFO-5")
    void presenceIsAllThatIsSetAsksFor() {
        assertThat(match("is_set", "null", "")).isEqualTo(true);
        assertThat(match("is_not_set", "null", "")).isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource({ "is_date_before, 2022-05-01, 2022-04-30, true", "is_date_before, 2022-05-01, 2022-05-01, false",
            "is_date_after, 2022-05-01, 2022-05-01, false", "is_date_after, 2022-05-01, 2022-05-01T00:00:00.001, true",
            "is_date_after, 2022-05-01 12:00, 2022-05-01 12:00:01, true",
            "is_date_exact, 2022-05-01T02:00:00+02:00, 2022-05-01T00:00:00Z, true",
            "is_date_exact, 2022-05-01, 2022-05-02, false",
            "is_date_exact, 2022-05-01 00:00:00+00:00, 2022-05-01t00:00:00z, true",
            "is_date_before, 2022-05-02, 2022-05-01T09:59:59Z, true", "is_date_before, 2022-05-02, 2022-05-02T12:00:00Z, false",
            "is_date_after, 2022-05-02T12:00:00Z, 2022-05-03 02:00:01, true",
            "is_date_exact, 2022-05-02, 2022-05-04T00:00:00Z, false",
            "is_date_before, 2022-05-01T00:00:00-05:30, 2022-05-01T05:29:59Z, true",
            "is_date_after, 2024-02-29, 2024-03-01, true" })
    @Tag("LFO-9")
    void datesAreComparedIfTheTimeZoneDoesNotMatter(String operator, String filter, String value, boolean expected) {
        assertThat(match(operator, "'" + filter + "'", value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({ "2022-13-01", "2022-02-29", "2022-00-10", "abc", "2022-05-01T", "'2022-05-01 '", "2022-05-01T10:00Z",
            "2022-05-01T12:00:00 UTC", "2022-05-01T12:00:00 +00:00", "2022-05-01t12:00:00",
            "2022-05-01T24:00",
            "2022-05-01T12", "2022-05-01T12:60", "2022-05-01X12:00", "2022-05-01T12:00:00.", "2022-05-01T12:00+1",
            "2022-05-01T12:00 x", "10000d", "2022-05-01T12:00:00+25:00", "-" })
    @Tag("LFO-9")
    void whatIsNoDateMatchesNothing(String text) {
        for (String operator : List.of("is_date_before", "is_date_after", "is_date_exact")) {
            assertThat(match(operator, "'2022-05-01'", text)).isEqualTo(false);
            assertThat(match(operator, "'" + text + "'", "2022-05-01")).isEqualTo(false);
        }
    }

    @ParameterizedTest
    @CsvSource({ "is_date_exact, 2022-05-01, 2022-05-01T00:00:00Z", "is_date_before, 2022-05-02, 2022-05-01T10:00:00Z",
            "is_date_before, 2022-05-02, 2022-05-02T11:59:59Z", "is_date_after, 2022-05-02T12:00:00Z, 2022-05-03 02:00:00",
            "is_date_after, 7d, 2024-12-25", "is_date_exact, 7d, 2024-12-25", "is_date_before, 180d, 2024-07-04T23:30:00Z",
            "is_date_before, 2024-03-31 00:30, 2020-01-01", "is_date_after, 2024-10-01, 2024-10-06T02:30:00" })
    @Tag("LFO-9")
    void datesThatDependOnTheTimeZoneAreInconclusive(String operator, String filter, String value) {
        assertThat(match(operator, "'" + filter + "'", value)).isEqualTo("inconclusive");
    }

    @Test
    void otherValuesMayBeDates() {
        assertThat(match("is_date_before", "'2022-05-01'", 1)).as("seconds").isEqualTo(true);
        assertThat(match("is_date_exact", "'1970-01-01T00:00:01.5Z'", "1.5")).isEqualTo(true);
        assertThat(match("is_date_exact", "'1970-01-01T00:00:00Z'", "nan")).isEqualTo(true);
        assertThat(match("is_date_before", "'2022-05-01'", 1e300)).isEqualTo(false);
        assertThat(match("is_date_before", "'2022-05-01'", "inf")).isEqualTo(false);
        assertThat(match("is_date_before", "1651363200", "2022-05-01")).isEqualTo(false);
        assertThat(match("is_date_before", "'1651363200'", "2022-05-01")).isEqualTo(false);
        assertThat(match("is_date_before", "'2022-05-01'", "3d")).as("relative").isEqualTo(false);
        assertThat(match("is_date_after", "'2022-05-01'", "3d")).as("relative").isEqualTo(true);
        assertThat(match("is_date_exact", "'2022-5-1'", "2022-05-01")).as("short").isEqualTo(true);
        assertThat(match("is_date_exact", "'2022-05-01'", LocalDate.of(2022, 5, 1))).isEqualTo(true);
        assertThat(match("is_date_exact", "'2022-05-01'", LocalDate.of(2022, 5, 1).atStartOfDay())).isEqualTo(true);
        assertThat(match("is_date_exact", "'2022-05-01T00:00:00Z'", Instant.parse("2022-05-01T00:00:00Z"))).isEqualTo(true);
        assertThat(match("is_date_exact", "'2022-05-01T00:00:00Z'", OffsetDateTime.parse("2022-05-01T01:00:00+01:00")))
                .isEqualTo(true);
        assertThat(match("is_date_exact", "'2022-05-01T00:00:00Z'",
                OffsetDateTime.parse("2022-05-01T01:00:00+01:00").toZonedDateTime()))
                .isEqualTo(true);
        assertThat(match("is_date_exact", "'1970-01-01T00:00:05Z'", new Date(5000))).isEqualTo(true);
        assertThat(match("is_date_exact", "'2022-05-01'", List.of())).isEqualTo(false);
        assertThat(match("is_date_exact", "'2022-05-01'", new Object())).isEqualTo("inconclusive");
    }

    @Test
    @Tag("LFO-9")
    void relativeDatesCountBackFromNow() {
        assertThat(NOW).isEqualTo("2025-01-01T00:00:00Z");
        assertThat(match("is_date_after", "'-7d'", "2024-12-26")).isEqualTo(true);
        assertThat(match("is_date_after", "'7d'", "2024-12-24")).isEqualTo(false);
        assertThat(match("is_date_after", "'7d'", "2024-12-26T00:00:00Z")).isEqualTo(true);
        assertThat(match("is_date_exact", "'7d'", "2024-12-27T00:00:00Z")).isEqualTo(false);
        assertThat(match("is_date_before", "'1m'", "2024-11-28T23:59:59Z")).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({ "1.2.3, semver_eq, true", "v1.2.3, semver_eq, true", "'v 1.2.3 ', semver_eq, true",
            "01.02.003, semver_eq, true", "1.2.3-alpha, semver_eq, false", "1.2.3-alpha, semver_lt, true",
            "1.2.3+build.7, semver_eq, false", "1.2.3+build.7, semver_gte, true", "1.2.4, semver_neq, true",
            "1.2.3, semver_neq, false",
            "1.10.0, semver_gt, true", "1.2.3, semver_gt, false", "1.2.4, semver_gt, true", "1.2.3, semver_gte, true",
            "1.2.2, semver_gte, false", "1.2, semver_lt, true", "1.2.3, semver_lt, false", "1.2.3, semver_lte, true",
            "1.2.4, semver_lte, false", "1, semver_lt, true", "2, semver_gt, true" })
    @Tag("LFO-10")
    void versionsAreComparedNumberByNumber(String value, String operator, boolean expected) {
        assertThat(match(operator, "'1.2.3'", value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({ "semver_tilde, 1.2.3, 1.2.3, true", "semver_tilde, 1.2.3, 1.2.99, true", "semver_tilde, 1.2.3, 1.3.0, false",
            "semver_tilde, 1.2.3, 1.2.2, false", "semver_tilde, 1, 1.0.5, true", "semver_tilde, 1, 1.1.0, false",
            "semver_caret, 1.2.3, 1.99.0, true", "semver_caret, 1.2.3, 2.0.0, false", "semver_caret, 1.2.3, 1.2.2, false",
            "semver_caret, 0.1.3, 0.1.9, true", "semver_caret, 0.2.3, 0.2.9, true", "semver_caret, 0.2.3, 0.3.0, false",
            "semver_caret, 0.0.3, 0.0.3, true",
            "semver_caret, 0.0.3, 0.0.4, false", "semver_wildcard, 1.*, 1.99.9, true", "semver_wildcard, 1.*, 2.0.0, false",
            "semver_wildcard, 1.*, 0.9.9, false", "semver_wildcard, v1.2.*, 1.2.0, true",
            "semver_wildcard, 1.2.*, 1.3.0, false",
            "semver_wildcard, 1.*.*, 1.3.0, true", "semver_wildcard, *, 7.0.0, true", "semver_wildcard, *, 7.0.0-a, false",
            "semver_wildcard, 1.x, 1.3.0, true", "semver_wildcard, 01.*, 1.3.0, true", "semver_wildcard, 1.2, 1.3.0, true",
            "semver_wildcard, 1.2.3, 1.2.2, false", "semver_wildcard, 0.2, 0.3.0, false",
            "semver_wildcard, 1.2.*, 1.2.0-a, false",
            "semver_tilde, 1.2.3-b, 1.2.3-a, false", "semver_tilde, 1.2.3-b, 1.2.3-c, true",
            "semver_tilde, 1.2.3-b, 1.2.4-c, false", "semver_caret, 1.2.3, 1.2.4-c, false",
            "semver_caret, 1.2.3-b, 1.9.0, true",
            "semver_tilde, 1.2.*, 1.2.9, true", "semver_caret, 0.0.0, 0.0.1, false" })
    @Tag("LFO-10")
    void rangesOfVersionsEndWhereTheyShould(String operator, String filter, String value, boolean expected) {
        assertThat(match(operator, "'" + filter + "'", value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({ "1.2.a", "a", "''", "1..3", "1.2.", ".1", "-1.2.3", "1.2.3x", "18446744073709551616.0.0", "1.2.3.4", "V1.2.3",
            "vv1.2.3", "' v1.2.3'", "1.2.3-", "1.2.3+", "1.2.3-01", "1.2.3-a..b", "1.2.3-ä" })
    @Tag("LFO-10")
    void whatIsNoVersionMatchesNothing(String text) {
        assertThat(match("semver_eq", "'1.2.3'", text)).isEqualTo(false);
        assertThat(match("semver_neq", "'1.2.3'", text)).isEqualTo(false);
        assertThat(match("semver_caret", "'1.2.3'", text)).isEqualTo(false);
        assertThat(match("semver_eq", "'" + text + "'", "1.2.3")).isEqualTo("inconclusive");
        assertThat(match("semver_caret", "'" + text + "'", "1.2.3")).isEqualTo("inconclusive");
    }

    @ParameterizedTest
    @CsvSource({ "1.2.3.*", "1.*.3", "*.1", "1.2.*.*", "x.*", "><1.2", "'1.2 1.3'", "''" })
    void whatIsNoPatternOfVersionsIsInconclusive(String pattern) {
        assertThat(match("semver_wildcard", "'" + pattern + "'", "1.2.3")).isEqualTo("inconclusive");
    }

    @Test
    void valuesOfAllKindsHaveTheTextOfTheirJson() {
        UUID uuid = UUID.randomUUID();
        assertThat(match("exact", "'" + uuid + "'", uuid)).isEqualTo(true);
        assertThat(match("exact", "'red'", Colour.RED)).isEqualTo(true);
        assertThat(match("exact", "1", 1L)).isEqualTo(true);
        assertThat(match("exact", "1", (short) 1)).isEqualTo(true);
        assertThat(match("exact", "1", BigInteger.ONE)).isEqualTo(true);
        assertThat(match("exact", "1", new BigDecimal("1"))).isEqualTo(true);
        assertThat(match("exact", "1", 1.0)).as("1.0 in JSON").isEqualTo(false);
        assertThat(match("exact", "1.5", 1.5f)).isEqualTo(true);
        assertThat(match("exact", "0.1", 0.1f)).isEqualTo(true);
        assertThat(match("exact", "'12345678.0'", 12345678d)).isEqualTo(true);
        assertThat(match("exact", "'1e16'", 1e16)).isEqualTo(true);
        assertThat(match("exact", "1.10", new BigDecimal("1.10"))).isEqualTo(true);
        assertThat(match("exact", "'x'", new StringBuilder("x"))).isEqualTo(true);
        assertThat(match("exact", "5", JsonNodeFactory.instance.numberNode(5))).isEqualTo(true);
        assertThat(match("gt", "4", JsonNodeFactory.instance.numberNode(5))).isEqualTo(true);
        assertThat(match("gt", "4", JsonNodeFactory.instance.textNode("5"))).isEqualTo(true);
        assertThat(match("is_date_exact", "'2022-05-01'", JsonNodeFactory.instance.textNode("2022-05-01"))).isEqualTo(true);
        assertThat(match("icontains", "'\\\"b\\\",3'", List.of("a", "b", 3))).isEqualTo(true);
        assertThat(match("exact", "'[true,null,[\\\"red\\\"]]'", Arrays.asList(true, null, List.of(Colour.RED))))
                .isEqualTo(true);
    }

    @Test
    void aValueOfWhichNobodyKnowsTheTextIsInconclusive() {
        assertThat(match("exact", "'x'", Map.of(1, 1))).isEqualTo("inconclusive");
        assertThat(match("is_not", "'x'", new Object())).isEqualTo("inconclusive");
        assertThat(match("icontains", "'x'", List.of(new Object()))).isEqualTo("inconclusive");
        assertThat(match("regex", "'x'", new Object())).isEqualTo("inconclusive");
        assertThat(match("semver_eq", "'1'", new Object())).isEqualTo("inconclusive");
        assertThat(match("exact", "'nan'", Double.NaN)).isEqualTo("inconclusive");
        List<Object> own = new ArrayList<>();
        own.add(own);
        assertThat(match("exact", "'x'", own)).as("a list in itself").isEqualTo("inconclusive");
    }
}
