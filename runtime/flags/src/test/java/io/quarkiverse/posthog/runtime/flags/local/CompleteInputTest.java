package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.condition;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.evaluatesTo;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flag;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flags;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.member;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.outcome;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.property;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.ruled;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.withCohorts;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;

/** Where there is no more to know than what is given, flags are decided. */
class CompleteInputTest {

    private static final String OF_COMPANIES = "'aggregation_group_type_index': 0, ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "exact|'a'|false", "is_not|'a'|true", "is_set|null|false", "is_not_set|null|true",
            "icontains|'a'|false", "not_icontains|'a'|true", "icontains_multi|['a']|false", "not_icontains_multi|['a']|true",
            "starts_with|'a'|false", "not_starts_with|'a'|true", "ends_with|'a'|false", "not_ends_with|'a'|true",
            "regex|'a'|false", "not_regex|'a'|true", "gt|1|false", "lte|1|false", "between|[1,2]|false",
            "not_between|[1,2]|true", "is_date_before|'2020-01-01'|false", "semver_eq|'1.0.0'|false",
            "semver_neq|'1.0.0'|false" }, quoteCharacter = '~')
    void aPropertyThatIsNotThereDoesNotExist(String operator, String value, boolean matches) {
        LocalEvaluator flags = flags(flag("a", property("plan", operator, value)));

        assertThat(outcome(flags, "a", EvaluationInput.of("user-1", NOW))).isEqualTo("inconclusive");
        assertThat(outcome(flags, "a", person(Map.of()))).isEqualTo(matches);
    }

    @Test
    void whatIsThereIsComparedAsEver() {
        LocalEvaluator flags = flags(flag("a", property("plan", "exact", "'pro'")));

        assertThat(outcome(flags, "a", person(Map.of("plan", "pro")))).isEqualTo(true);
        assertThat(outcome(flags, "a", person(Map.of("plan", "free")))).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(strings = { "gt", "is_date_after", "semver_gt", "whatever" })
    void whatCannotBeComparedDoesNotMatch(String operator) {
        LocalEvaluator flags = flags(flag("a", property("plan", operator, "'1.0.0'")));

        assertThat(outcome(flags, "a", person(Map.of("plan", "a word")))).isEqualTo(false);
    }

    @Test
    void aConditionThatCannotBeToldIsFollowedByTheNext() {
        LocalEvaluator flags = flags(ruled("a", "'groups': [" + condition("", property("plan", "exact", "'pro'")) + ","
                + condition("'rollout_percentage': 100, ") + "]"));

        assertThat(flags.evaluate("a", person(Map.of()))).isInstanceOfSatisfying(Value.class,
                value -> assertThat(value.conditionIndex()).isEqualTo(1));
    }

    @Test
    void nobodyIsInACohortForAPropertyThatTheyDoNotHave() {
        String plan = property("plan", "exact", "'pro'");
        LocalEvaluator flags = withCohorts(
                "'5': {'type': 'AND', 'values': [" + plan + "]}, '6': {'type': 'OR', 'values': [" + plan + ","
                        + plan.replace("}", ", 'negation': true}") + "]}",
                flag("in", member("5", "in")), flag("not-in", member("5", "not_in")), flag("negated", member("6", "in")));

        assertThat(outcome(flags, "in", person(Map.of()))).isEqualTo(false);
        assertThat(outcome(flags, "not-in", person(Map.of()))).isEqualTo(true);
        assertThat(outcome(flags, "negated", person(Map.of()))).isEqualTo(true);
    }

    @Test
    void aCohortThatIsNotThereCannotBeMadeUp() {
        LocalEvaluator flags = flags(flag("a", member("5", "not_in")), flag("b", evaluatesTo("a", "true", "a")));

        assertThat(outcome(flags, "a", person(Map.of()))).isEqualTo("needs server");
        assertThat(outcome(flags, "b", person(Map.of()))).isEqualTo("needs server");
    }

    @Test
    void aFlagOfGroupsIsOffWithoutAGroup() {
        LocalEvaluator flags = flags(ruled("a", OF_COMPANIES + "'groups': [{}]"));

        assertThat(flags.evaluate("a", person(Map.of()))).isInstanceOfSatisfying(Value.class, value -> {
            assertThat(value.enabled()).isFalse();
            assertThat(value.reason()).isEqualTo(MatchReason.NO_GROUP_TYPE);
        });
    }

    @Test
    void aGroupWithoutPropertiesHasNone() {
        LocalEvaluator flags = flags(ruled("a",
                "'groups': [" + condition(OF_COMPANIES, property("size", "is_not_set", "null").replace("person", "group"))
                        + "]"));
        EvaluationInput acme = complete("user-1", null, Map.of("company", "acme"), Map.of());

        assertThat(outcome(flags, "a", acme)).isEqualTo(true);
        assertThat(outcome(flags, "a", person(Map.of()))).isEqualTo(false);
    }

    @Test
    void aFlagOfDevicesIsOffWithoutADevice() {
        LocalEvaluator flags = flags(
                flag("a").replace("'active'", "'bucketing_identifier': 'device_id', 'active'"));

        assertThat(outcome(flags, "a", person(Map.of()))).isEqualTo(false);
        assertThat(outcome(flags, "a", complete("user-1", "device-1", Map.of(), Map.of()))).isEqualTo(true);
    }

    @Test
    void conditionsDecideForThoseWhoHaveNotChosen() {
        LocalEvaluator flags = flags(ruled("a", "'feature_enrollment': true, 'groups': [" + condition("",
                property("plan", "exact", "'pro'")) + "]"));

        assertThat(outcome(flags, "a", person(Map.of("plan", "pro")))).isEqualTo(true);
        assertThat(outcome(flags, "a", person(Map.of()))).isEqualTo(false);
        assertThat(outcome(flags, "a", person(Map.of("$feature_enrollment/a", true)))).isEqualTo(true);
        assertThat(outcome(flags, "a", person(Map.of("plan", "pro", "$feature_enrollment/a", false)))).isEqualTo(false);
    }

    @Test
    void aHoldoutNeedsAnId() {
        LocalEvaluator flags = flags(ruled("a", "'holdout': {'id': 1, 'exclusion_percentage': 100}, 'groups': [{}]"));

        assertThat(outcome(flags, "a", person(Map.of()))).isEqualTo("holdout-1");
        assertThat(outcome(flags, "a", complete(null, null, Map.of(), Map.of()))).isEqualTo(false);
    }

    @Test
    void aDependencyThatCannotBeToldIsOff() {
        LocalEvaluator flags = flags(flag("a", property("plan", "exact", "'pro'")),
                flag("b", evaluatesTo("a", "false", "a")), flag("c", evaluatesTo("gone", "false", "gone")),
                ruled("d", "'groups': [{}, " + condition("", evaluatesTo("c", "false", "gone", "c")) + ", {}]"));

        assertThat(outcome(flags, "b", person(Map.of()))).isEqualTo(true);
        assertThat(outcome(flags, "c", person(Map.of()))).isEqualTo(false);
        assertThat(outcome(flags, "d", person(Map.of()))).as("although other conditions match").isEqualTo(false);
        assertThat(outcome(flags, "d", EvaluationInput.of("user-1", NOW))).isEqualTo("inconclusive");
        assertThat(((Value) flags.evaluate("d", person(Map.of()))).reason()).isEqualTo(MatchReason.MISSING_DEPENDENCY);
    }

    @Test
    void aFlagKeepsItsValueByTheIdThatSomebodyHadAtFirst() {
        // distinct_id_0 is out of 45 percent, distinct_id_1 is in
        LocalEvaluator flags = flags(ruled("simple-flag", "'groups': [{'rollout_percentage': 45}]").replace("'active'",
                "'ensure_experience_continuity': true, 'active'"),
                ruled("other", "'groups': [{'rollout_percentage': 100}]"));

        assertThat(outcome(flags, "simple-flag", kept("distinct_id_0", Map.of()))).isEqualTo(false);
        assertThat(outcome(flags, "simple-flag", kept("distinct_id_0", Map.of("simple-flag", "distinct_id_1"))))
                .isEqualTo(true);
        assertThat(outcome(flags, "simple-flag", kept("distinct_id_1", Map.of("simple-flag", "distinct_id_0"))))
                .isEqualTo(false);
        assertThat(outcome(flags, "simple-flag", kept("distinct_id_1", Map.of("other", "distinct_id_0")))).isEqualTo(true);
    }

    private static EvaluationInput person(Map<String, ?> properties) {
        return complete("user-1", null, Map.of(), properties);
    }

    private static EvaluationInput complete(String id, String device, Map<String, String> groups,
            Map<String, ?> properties) {
        return new EvaluationInput(id, device, groups, properties, null, InstantSource.fixed(NOW), true, null);
    }

    private static EvaluationInput kept(String id, Map<String, String> keptIds) {
        return new EvaluationInput(id, null, null, null, null, InstantSource.fixed(NOW), true, keptIds);
    }
}
