package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.device;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.evaluatesTo;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flag;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flags;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.outcome;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.person;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.ruled;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingHasher;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;

/** What PostHog looks at before the conditions. */
class EarlyAccessAndHoldoutTest {

    private static final EvaluationInput USER = EvaluationInput.of("user-1", NOW);

    @Test
    @Tag("LFE-17")
    void whoeverHasChosenEarlyAccessHasIt() {
        LocalEvaluator flags = flags(ruled("beta", "'feature_enrollment': true, 'payloads': {'true': '1'}, 'groups': []"));

        assertThat(flags.evaluate("beta", chosen("true")))
                .isEqualTo(new Value(true, null, "1", MatchReason.SUPER_CONDITION_VALUE, 0));
        assertThat(outcome(flags, "beta", chosen(true))).isEqualTo(true);
    }

    @Test
    void whoeverHasChosenOtherwiseDoesNotHaveIt() {
        LocalEvaluator flags = flags(ruled("beta", "'feature_enrollment': true, 'groups': [{}]"));

        assertThat(outcome(flags, "beta", chosen("false"))).isEqualTo(false);
        assertThat(outcome(flags, "beta", chosen(false))).isEqualTo(false);
        assertThat(outcome(flags, "beta", chosen("TRUE"))).isEqualTo(false);
        assertThat(outcome(flags, "beta", chosen(1))).isEqualTo(false);
    }

    @Test
    void whereTheChoiceIsNotKnownNothingIs() {
        LocalEvaluator flags = flags(ruled("beta", "'feature_enrollment': true, 'groups': [{}]"),
                ruled("plain", "'feature_enrollment': false, 'groups': [{}]"));

        assertThat(outcome(flags, "beta", USER)).isEqualTo("inconclusive");
        assertThat(outcome(flags, "plain", USER)).isEqualTo(true);
    }

    private static EvaluationInput chosen(Object value) {
        return person("user-1", Map.of("$feature_enrollment/beta", value));
    }

    @Test
    @Tag("LFE-17")
    void aFlagWithSuperGroupsIsInconclusive() {
        LocalEvaluator both = flags(ruled("beta", "'feature_enrollment': true, 'super_groups': [{'properties': []}]"));
        assertThat(outcome(both, "beta", chosen("true"))).as("the newer form counts").isEqualTo(true);
        LocalEvaluator flags = flags(ruled("a", "'super_groups': [{'properties': []}], 'groups': [{}]"),
                ruled("b", "'super_groups': [], 'holdout_groups': null, 'groups': [{}]"),
                ruled("c", "'holdout_groups': [{'rollout_percentage': 10}], 'groups': [{}]"));

        assertThat(outcome(flags, "a", USER)).isEqualTo("inconclusive");
        assertThat(outcome(flags, "b", USER)).isEqualTo(true);
        assertThat(outcome(flags, "c", USER)).isEqualTo("inconclusive");
    }

    @Test
    void rulesOfALaterVersionAreInconclusive() {
        LocalEvaluator flags = flags(ruled("a", "'version': 2, 'groups': [{}]"), ruled("b", "'version': 1, 'groups': [{}]"),
                ruled("c", "'version': '1', 'groups': [{}]"));

        assertThat(outcome(flags, "a", USER)).isEqualTo("inconclusive");
        assertThat(outcome(flags, "b", USER)).isEqualTo(true);
        assertThat(outcome(flags, "c", USER)).isEqualTo("inconclusive");
    }

    @Test
    @Tag("LFE-17")
    void theSameIdsAreHeldOutOfAllFlags() {
        LocalEvaluator flags = flags(held("a", 10), held("b", 10), held("none", 0), held("all", 100));
        BucketingHasher hasher = new BucketingHasher();
        int held = 0;
        for (int i = 0; i < 1000; i++) {
            EvaluationInput user = EvaluationInput.of("user-" + i, NOW);
            boolean out = hasher.hash("holdout-".getBytes(), "user-" + i, BucketingHasher.NO_SALT) <= 0.1;
            assertThat(outcome(flags, "a", user)).isEqualTo(out ? "holdout-4" : true);
            assertThat(outcome(flags, "b", user)).isEqualTo(out ? "holdout-4" : true);
            assertThat(outcome(flags, "none", user)).isEqualTo(true);
            assertThat(outcome(flags, "all", user)).isEqualTo("holdout-4");
            held += out ? 1 : 0;
        }
        assertThat(held).isBetween(60, 140);
    }

    @Test
    void oneWhoIsHeldOutIsToldSo() {
        assertThat(flags(held("a", 100)).evaluate("a", USER))
                .isEqualTo(new Value(true, "holdout-4", "\"none\"", MatchReason.HOLDOUT_CONDITION_VALUE, -1));
    }

    @Test
    void whoIsHeldOutDependsOnTheIdOfTheFlag() {
        LocalEvaluator flags = flags(held("a", 50).replace("'holdout'", "'bucketing_identifier': 'device_id', 'holdout'"));
        BucketingHasher hasher = new BucketingHasher();
        for (int i = 0; i < 50; i++) {
            boolean out = hasher.hash("holdout-".getBytes(), "device-" + i, BucketingHasher.NO_SALT) <= 0.5;
            assertThat(outcome(flags, "a", device("device-" + i))).isEqualTo(out ? "holdout-4" : true);
        }
        for (int i = 0; i < 50; i++) {
            boolean out = hasher.hash("holdout-".getBytes(), "user-" + i, BucketingHasher.NO_SALT) <= 0.5;
            assertThat(outcome(flags, "a", person("user-" + i, Map.of()))).as("without a device")
                    .isEqualTo(out ? "holdout-4" : "inconclusive");
        }
    }

    @Test
    void aHoldoutIsAVariantToOtherFlags() {
        LocalEvaluator flags = flags(held("a", 100), flag("b", evaluatesTo("a", "true", "a")),
                flag("c", evaluatesTo("a", "'holdout-4'", "a")));

        assertThat(outcome(flags, "b", USER)).isEqualTo(true);
        assertThat(outcome(flags, "c", USER)).isEqualTo(true);
    }

    private static String held(String key, int percentage) {
        return ruled(key, "'holdout': {'id': 4, 'exclusion_percentage': " + percentage
                + "}, 'payloads': {'holdout-4': '\\'none\\''}, 'groups': [{}]");
    }
}
