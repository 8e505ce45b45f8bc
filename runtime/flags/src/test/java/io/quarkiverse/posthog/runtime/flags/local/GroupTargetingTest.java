package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flags;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.groups;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.outcome;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.person;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.ruled;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;

/** Flags, conditions and filters about groups. */
class GroupTargetingTest {

    private static final String COMPANY = "'aggregation_group_type_index': 0, ";
    private static final String LARGE = "{'key': 'size', 'type': 'group', 'group_type_index': 0, 'operator': 'gt', 'value': 100}";
    private static final String ADA = "{'key': 'name', 'type': 'person', 'operator': 'exact', 'value': 'Ada'}";
    private static final EvaluationInput NOBODY = EvaluationInput.of("user-1", NOW);

    @Test
    @Tag("LFE-7")
    void aGroupFlagIsBucketedByTheKeyOfTheGroup() {
        LocalEvaluator flags = flags(ruled("company-beta", COMPANY + "'groups': [{'rollout_percentage': 50}]"));

        assertThat(outcome(flags, "company-beta", groups(Map.of("company", "company-456"), null))).isEqualTo(true);
        assertThat(outcome(flags, "company-beta", groups(Map.of("company", "company-123"), null))).isEqualTo(false);
    }

    @Test
    void aGroupFlagIsNotBucketedByDevice() {
        LocalEvaluator flags = flags(ruled("a", COMPANY + "'bucketing_identifier': 'device_id', 'groups': [{}]"));

        assertThat(outcome(flags, "a", groups(Map.of("company", "acme"), null))).isEqualTo(true);
    }

    @Test
    @Tag("LFE-7")
    void aGroupFlagWithoutItsGroupIsInconclusive() {
        LocalEvaluator flags = flags(ruled("a", COMPANY + "'groups': [{}]"), ruled("b", COMPANY + "'groups': []"));

        for (String key : new String[] { "a", "b" }) {
            assertThat(flags.evaluate(key, NOBODY)).isInstanceOfSatisfying(Inconclusive.class,
                    inconclusive -> assertThat(inconclusive.reason()).contains("'company'"));
            assertThat(outcome(flags, key, groups(Map.of("company", ""), null))).isEqualTo("inconclusive");
            assertThat(outcome(flags, key, groups(Map.of("project", "x"), null))).isEqualTo("inconclusive");
        }
    }

    @Test
    @Tag("LFE-7")
    void aGroupFlagOfAnUnknownTypeIsInconclusive() {
        LocalEvaluator flags = flags(ruled("a", "'aggregation_group_type_index': 4, 'groups': [{}]"),
                ruled("b", "'groups': [{'aggregation_group_type_index': 4}]"));

        assertThat(outcome(flags, "a", groups(Map.of("company", "acme"), null))).isEqualTo("inconclusive");
        assertThat(outcome(flags, "b", groups(Map.of("company", "acme"), null))).isEqualTo("inconclusive");
    }

    @Test
    @Tag("LFE-7")
    void aGroupFlagLooksAtThePropertiesOfItsOwnGroup() {
        LocalEvaluator flags = flags(ruled("a", COMPANY + "'groups': [{'properties': [" + LARGE + "]}]"));
        Map<String, String> both = Map.of("company", "acme", "project", "x");

        assertThat(outcome(flags, "a", groups(both, Map.of("company", Map.of("size", 500))))).isEqualTo(true);
        assertThat(outcome(flags, "a", groups(both, Map.of("company", Map.of("size", 5))))).isEqualTo(false);
        assertThat(outcome(flags, "a", groups(both, Map.of("project", Map.of("size", 500))))).isEqualTo("inconclusive");
        assertThat(outcome(flags, "a",
                new EvaluationInput("user-1", null, both, Map.of("size", 500), null, InstantSource.fixed(NOW))))
                .isEqualTo("inconclusive");
    }

    @Test
    @Tag("LFE-7")
    void theKeyOfAGroupIsOneOfItsProperties() {
        LocalEvaluator flags = flags(ruled("a",
                COMPANY + "'groups': [{'properties': [{'key': '$group_key', 'type': 'group', 'operator': 'exact', 'value': 'acme'}]}]"));

        assertThat(outcome(flags, "a", groups(Map.of("company", "acme"), null))).isEqualTo(true);
        assertThat(outcome(flags, "a", groups(Map.of("company", "other"), null))).isEqualTo(false);
    }

    @Test
    void aFilterSaysItselfWhomItIsAbout() {
        String filters = "'groups': [{'properties': [" + LARGE + "," + ADA + "]}]";
        LocalEvaluator flags = flags(ruled("person", filters), ruled("company", COMPANY + filters),
                ruled("untyped", COMPANY + "'groups': [{'properties': [{'key': 'size', 'operator': 'gt', 'value': 100}]}]"));
        EvaluationInput both = new EvaluationInput("user-1", null, Map.of("company", "acme"), Map.of("name", "Ada", "size", 1),
                Map.of("company", Map.of("size", 500, "name", "Acme")), InstantSource.fixed(NOW));

        assertThat(outcome(flags, "person", both)).isEqualTo(true);
        assertThat(outcome(flags, "company", both)).isEqualTo(true);
        assertThat(outcome(flags, "untyped", both)).isEqualTo(true);
        assertThat(outcome(flags, "person", person("user-1", Map.of("name", "Ada", "size", 500)))).isEqualTo("inconclusive");
    }

    private static final String MIXED = ruled("mixed", "'aggregation_group_type_index': null, 'groups': ["
            + "{'aggregation_group_type_index': 0, 'properties': [" + LARGE + "]},"
            + "{'aggregation_group_type_index': null, 'properties': [" + ADA + "]}]");

    @Test
    @Tag("LFE-11")
    void aConditionAboutAGroupMatchesItsGroup() {
        assertThat(outcome(flags(MIXED), "mixed", groups(Map.of("company", "acme"), Map.of("company", Map.of("size", 500)))))
                .isEqualTo(true);
    }

    @Test
    @Tag("LFE-11")
    void aConditionAboutAGroupIsSkippedWithoutIt() {
        assertThat(outcome(flags(MIXED), "mixed", person("user-1", Map.of("name", "Ada")))).isEqualTo(true);
        assertThat(outcome(flags(MIXED), "mixed", person("user-1", Map.of("name", "Bob")))).isEqualTo(false);
        LocalEvaluator flags = flags(ruled("a", "'groups': [{'aggregation_group_type_index': 0}]"));
        assertThat(outcome(flags, "a", NOBODY)).isEqualTo(false);
    }

    @Test
    void aConditionAboutAGroupWithoutPropertiesIsInconclusive() {
        EvaluationInput bob = new EvaluationInput("user-1", null, Map.of("company", "acme"), Map.of("name", "Bob"), null,
                InstantSource.fixed(NOW));
        EvaluationInput ada = new EvaluationInput("user-1", null, Map.of("company", "acme"), Map.of("name", "Ada"), null,
                InstantSource.fixed(NOW));

        assertThat(outcome(flags(MIXED), "mixed", bob)).isEqualTo("inconclusive");
        assertThat(outcome(flags(ruled("a", "'groups': [{'aggregation_group_type_index': 0}]")), "a", bob))
                .isEqualTo("inconclusive");
        assertThat(outcome(flags(MIXED), "mixed", ada)).isEqualTo(true);
    }

    @Test
    @Tag("LFE-11")
    void eachConditionIsBucketedByWhomItIsAbout() {
        LocalEvaluator flags = flags(
                ruled("company-beta", "'groups': [{'aggregation_group_type_index': 0, 'rollout_percentage': 50},"
                        + "{'aggregation_group_type_index': null, 'rollout_percentage': 0}]"));

        assertThat(outcome(flags, "company-beta", groups(Map.of("company", "company-456"), Map.of("company", Map.of()))))
                .isEqualTo(true);
        assertThat(outcome(flags, "company-beta", groups(Map.of("company", "company-123"), Map.of("company", Map.of()))))
                .isEqualTo(false);
    }

    @Test
    void aConditionAboutPersonsOfAGroupFlagNeedsNoGroup() {
        LocalEvaluator flags = flags(ruled("a", COMPANY + "'groups': [{'properties': [" + LARGE + "]},"
                + "{'aggregation_group_type_index': null, 'properties': [" + ADA + "]}]"));

        assertThat(outcome(flags, "a", person("user-1", Map.of("name", "Ada")))).isEqualTo(true);
        assertThat(outcome(flags, "a", person("user-1", Map.of("name", "Bob")))).isEqualTo("inconclusive");
    }

    @Test
    void aGroupConditionMayMatchWhereTheDeviceIsNotKnown() {
        LocalEvaluator flags = flags(ruled("a", "'bucketing_identifier': 'device_id', 'groups': [{},"
                + "{'aggregation_group_type_index': 0}]"));

        assertThat(outcome(flags, "a", groups(Map.of("company", "acme"), Map.of("company", Map.of())))).isEqualTo(true);
        assertThat(outcome(flags, "a", NOBODY)).isEqualTo("inconclusive");
    }

    @Test
    @Tag("LFE-11")
    void aConditionAboutAGroupWithoutPropertiesDoesNotMatchOutsideItsRollout() {
        String conditions = "'groups': [{'aggregation_group_type_index': 0, 'rollout_percentage': 0}";
        LocalEvaluator flags = flags(ruled("a", conditions + "]"), ruled("b", conditions + ", {}]"));
        EvaluationInput withoutProperties = groups(Map.of("company", "acme"), null);

        assertThat(outcome(flags, "a", withoutProperties)).isEqualTo(false);
        assertThat(outcome(flags, "b", withoutProperties)).isEqualTo(true);
    }

    @Test
    @Tag("LFE-12")
    void earlyExitMayEndAtAConditionWhoseRolloutOrPropertiesAreUnknown() {
        LocalEvaluator flags = flags(
                ruled("properties", "'early_exit': true, 'groups': [{'aggregation_group_type_index': 0,"
                        + " 'rollout_percentage': 0}, {}]"),
                ruled("device", "'early_exit': true, 'bucketing_identifier': 'device_id', 'groups': ["
                        + "{'rollout_percentage': 50}, {'aggregation_group_type_index': 0}]"),
                ruled("type", "'early_exit': true, 'groups': [{'aggregation_group_type_index': 4,"
                        + " 'rollout_percentage': 50}, {}]"),
                ruled("all", "'early_exit': true, 'groups': [{'aggregation_group_type_index': 4}, {}]"));

        assertThat(outcome(flags, "properties", groups(Map.of("company", "acme"), null))).isEqualTo("inconclusive");
        assertThat(outcome(flags, "device", groups(Map.of("company", "acme"), Map.of("company", Map.of()))))
                .isEqualTo("inconclusive");
        assertThat(outcome(flags, "type", NOBODY)).isEqualTo("inconclusive");
        assertThat(outcome(flags, "all", NOBODY)).as("without a rollout").isEqualTo(true);
    }
}
