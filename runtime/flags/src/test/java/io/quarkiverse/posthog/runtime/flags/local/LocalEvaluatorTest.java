package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.condition;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.device;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.evaluatesTo;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flag;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flags;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.outcome;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.person;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.property;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.ruled;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingHasher;
import io.quarkiverse.posthog.runtime.flags.local.bucketing.VariantAllocation;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.model.MatchReason;

/** The way from the conditions of a flag to its value. */
class LocalEvaluatorTest {

    private static final String PRO = property("plan", "exact", "'pro'");
    private static final String VARIANTS = "'multivariate': {'variants': [{'key': 'red', 'rollout_percentage': 50},"
            + " {'key': 'blue', 'rollout_percentage': 50}]}";
    private static final EvaluationInput USER = EvaluationInput.of("user-1", NOW);
    private static final EvaluationInput PRO_USER = person("user-1", Map.of("plan", "pro"));
    private static final EvaluationInput FREE_USER = person("user-1", Map.of("plan", "free"));

    @Test
    void aFlagThatDoesNotExistIsMissing() {
        assertThat(flags(flag("a")).evaluate("b", USER)).isSameAs(LocalResult.MISSING);
        assertThat(flags(flag("a")).evaluate("A", USER)).as("keys are case-sensitive").isSameAs(LocalResult.MISSING);
    }

    @Test
    void aFlagWithoutFiltersIsOnForEverybody() {
        assertThat(flags(flag("a")).evaluate("a", USER))
                .isEqualTo(new Value(true, null, null, MatchReason.CONDITION_MATCH, 0));
    }

    @Test
    void aFlagWithoutConditionsIsOff() {
        assertThat(flags(ruled("a", "'groups': []")).evaluate("a", USER))
                .isEqualTo(new Value(false, null, null, MatchReason.NO_CONDITION_MATCH, -1));
        assertThat(outcome(flags("{'key': 'a', 'active': true}"), "a", USER)).isEqualTo(false);
    }

    @Test
    @Tag("LFE-5")
    void anInactiveFlagIsOffBeforeAnythingElse() {
        LocalEvaluator flags = flags("{'key': 'a', 'active': false, 'ensure_experience_continuity': true,"
                + " 'filters': {'aggregation_group_type_index': 9, 'groups': 'nonsense'}}");

        assertThat(flags.evaluate("a", USER)).isEqualTo(new Value(false, null, null, MatchReason.FLAG_DISABLED, -1));
    }

    @Test
    @Tag("LFE-6")
    void aFlagWithExperienceContinuityIsInconclusive() {
        LocalEvaluator flags = flags(flag("a").replace("'active'", "'ensure_experience_continuity': true, 'active'"),
                flag("b").replace("'active'", "'ensure_experience_continuity': false, 'active'"));

        assertThat(outcome(flags, "a", USER)).isEqualTo("inconclusive");
        assertThat(outcome(flags, "b", USER)).isEqualTo(true);
    }

    @Test
    @Tag("LFE-4")
    void nobodyIsEvaluatedWithoutAnId() {
        LocalEvaluator flags = flags(flag("a"));

        assertThat(outcome(flags, "a", EvaluationInput.of("", NOW))).isEqualTo("inconclusive");
        assertThat(outcome(flags, "a", EvaluationInput.of(null, NOW))).isEqualTo("inconclusive");
    }

    @Test
    @Tag("LFE-1")
    void idsAreNeitherTrimmedNorFolded() {
        LocalEvaluator flags = flags(ruled("simple-flag", "'groups': [{'rollout_percentage': 45}]"));

        assertThat(outcome(flags, "simple-flag", EvaluationInput.of("distinct_id_1", NOW))).isEqualTo(true);
        assertThat(outcome(flags, "simple-flag", EvaluationInput.of("Distinct_id_1", NOW))).isEqualTo(false);
        assertThat(new BucketingHasher().hash(new byte[0], "a ", BucketingHasher.NO_SALT))
                .isNotEqualTo(new BucketingHasher().hash(new byte[0], "a", BucketingHasher.NO_SALT));
    }

    @Test
    @Tag("LFE-2")
    void percentagesAreNeitherRoundedNorTruncated() {
        LocalEvaluator flags = flags(ruled("fractional-rollout", "'groups': [{'rollout_percentage': 0.1}]"));

        assertThat(outcome(flags, "fractional-rollout", EvaluationInput.of("user-2912", NOW))).isEqualTo(true);
        assertThat(outcome(flags, "fractional-rollout", EvaluationInput.of("user-212", NOW))).isEqualTo(false);
    }

    @Test
    @Tag("LFE-2")
    void aRolloutThatEndsAtTheHashIncludesIt() {
        double hash = new BucketingHasher().hash("edge.".getBytes(), "user-1", BucketingHasher.NO_SALT);
        double percentage = hash * 100;
        while (percentage / 100 < hash) {
            percentage = Math.nextUp(percentage);
        }
        assertThat(percentage / 100).as("the very bound").isEqualTo(hash);

        assertThat(outcome(rollout(percentage), "edge", USER)).isEqualTo(true);
        assertThat(outcome(rollout((Math.nextDown(hash)) * 100 - 1e-12), "edge", USER)).isEqualTo(false);
    }

    private static LocalEvaluator rollout(double percentage) {
        return flags(ruled("edge", "'groups': [{'rollout_percentage': " + percentage + "}]"));
    }

    @Test
    @Tag("LFE-2")
    void noPercentageIsAllAndZeroIsNobody() {
        LocalEvaluator flags = flags(ruled("none", "'groups': [{'rollout_percentage': null}]"),
                ruled("all", "'groups': [{'rollout_percentage': 100.0}]"),
                ruled("nobody", "'groups': [{'rollout_percentage': 0.0}]"));
        for (int i = 0; i < 500; i++) {
            EvaluationInput user = EvaluationInput.of("user-" + i, NOW);
            assertThat(outcome(flags, "none", user)).isEqualTo(true);
            assertThat(outcome(flags, "all", user)).isEqualTo(true);
            assertThat(outcome(flags, "nobody", user)).isEqualTo(false);
        }
    }

    @Test
    void aRolloutToAlmostEverybodyLeavesSomeOut() {
        LocalEvaluator flags = flags(ruled("a", "'groups': [{'rollout_percentage': 99.5}]"));
        int on = 0;
        for (int i = 0; i < 10_000; i++) {
            on += outcome(flags, "a", EvaluationInput.of("user-" + i, NOW)).equals(true) ? 1 : 0;
        }
        assertThat(on).isBetween(9_900, 9_985);
    }

    @Test
    @Tag("LFE-3")
    void theShareOfAVariantBeginsWhereThatOfTheOneBeforeEnds() {
        VariantAllocation variants = new VariantAllocation(List.of("red", "blue"), List.of(50d, 25d));

        assertThat(variants.at(0)).isZero();
        assertThat(variants.at(Math.nextDown(0.5))).isZero();
        assertThat(variants.at(0.5)).isEqualTo(1);
        assertThat(variants.at(0.75)).isEqualTo(VariantAllocation.NONE);
        assertThat(variants.at(1)).isEqualTo(VariantAllocation.NONE);
    }

    @Test
    void oneWhoIsLeftOutOfTheRolloutIsToldSo() {
        LocalEvaluator flags = flags(ruled("a", "'groups': [" + condition("", PRO) + ", {'rollout_percentage': 0}]"));

        assertThat(flags.evaluate("a", FREE_USER))
                .isEqualTo(new Value(false, null, null, MatchReason.OUT_OF_ROLLOUT_BOUND, 1));
    }

    @Test
    @Tag("LFE-10")
    void conditionsAreTriedInTheirOrder() {
        LocalEvaluator flags = flags(ruled("a", VARIANTS + ", 'groups': [" + condition("'variant': 'red',", PRO) + ","
                + condition("") + "," + condition("'variant': 'blue',") + "]"),
                ruled("b", VARIANTS + ", 'groups': [" + condition("'variant': null,", PRO) + ","
                        + condition("'variant': 'blue',", PRO) + "]"));

        assertThat(outcome(flags, "a", PRO_USER)).isEqualTo("red");
        // One with a variant does not come before one without
        Object hashed = new BucketingHasher().hash("b.".getBytes(), "user-1", BucketingHasher.VARIANT) < 0.5 ? "red" : "blue";
        Object other = hashed.equals("red") ? "blue" : "red";
        LocalEvaluator reordered = flags(ruled("b", VARIANTS + ", 'groups': [" + condition("") + ","
                + condition("'variant': '" + other + "',") + "]"));
        assertThat(outcome(reordered, "b", USER)).isEqualTo(hashed);
        assertThat(((Value) reordered.evaluate("b", USER)).conditionIndex()).isZero();
    }

    @Test
    void allFiltersOfAConditionMustMatch() {
        LocalEvaluator flags = flags(flag("a", PRO, property("age", "gt", "18")));

        assertThat(outcome(flags, "a", person("user-1", Map.of("plan", "pro", "age", 19)))).isEqualTo(true);
        assertThat(outcome(flags, "a", person("user-1", Map.of("plan", "pro", "age", 17)))).isEqualTo(false);
        assertThat(outcome(flags, "a", person("user-1", Map.of("plan", "free", "age", 19)))).isEqualTo(false);
    }

    @Test
    void aFilterThatDoesNotMatchDecidesWhateverIsNotKnown() {
        LocalEvaluator flags = flags(flag("a", property("email", "icontains", "'@'"), PRO));

        assertThat(outcome(flags, "a", FREE_USER)).isEqualTo(false);
        assertThat(outcome(flags, "a", PRO_USER)).isEqualTo("inconclusive");
    }

    @Test
    void nobodyWhoIsLeftOutAnywayNeedsProperties() {
        LocalEvaluator flags = flags(ruled("a", "'groups': [" + condition("'rollout_percentage': 0,", PRO) + "]"));

        assertThat(outcome(flags, "a", USER)).isEqualTo(false);
    }

    @Test
    @Tag("LFE-10")
    void aVariantOverrideCountsOnlyWhereTheVariantExists() {
        LocalEvaluator flags = flags(
                ruled("a", VARIANTS + ", 'groups': [" + condition("'variant': 'blue',") + "]"),
                ruled("b", VARIANTS + ", 'groups': [" + condition("'variant': 'green',") + "]"),
                ruled("c", "'groups': [" + condition("'variant': 'green',") + "]"));

        for (int i = 0; i < 20; i++) {
            EvaluationInput user = EvaluationInput.of("user-" + i, NOW);
            assertThat(outcome(flags, "a", user)).isEqualTo("blue");
            assertThat(outcome(flags, "b", user)).isIn("red", "blue");
        }
        assertThat(outcome(flags, "c", USER)).isEqualTo(true);
    }

    @Test
    @Tag("LFE-3")
    void whereTheSharesOfVariantsEndThereIsNone() {
        LocalEvaluator flags = flags(ruled("a", "'groups': [{}], 'payloads': {'true': '5'},"
                + " 'multivariate': {'variants': [{'key': 'red', 'rollout_percentage': 0}]}"));

        assertThat(flags.evaluate("a", USER)).isEqualTo(new Value(true, null, "5", MatchReason.CONDITION_MATCH, 0));
    }

    @Test
    @Tag("LFE-16")
    void thePayloadIsThatOfTheValue() {
        LocalEvaluator flags = flags(
                "{'key': 'a', 'active': true, 'filters': {'groups': [" + condition("'variant': 'red',", PRO)
                        + "," + condition("'variant': 'blue',") + "], " + VARIANTS
                        + ", 'payloads': {'red': '{\\'copy\\': \\'new\\'}', 'true': '1'}}}",
                ruled("b", "'groups': [{}], 'payloads': {'true': {'n': [1, null]}}"),
                ruled("c", "'groups': [" + condition("", PRO) + "], 'payloads': {'true': '1', 'false': '2'}"));

        assertThat(payload(flags, "a", PRO_USER)).isEqualTo("{\"copy\": \"new\"}");
        assertThat(payload(flags, "a", FREE_USER)).as("not that of true").isNull();
        assertThat(payload(flags, "b", USER)).isEqualTo("{\"n\":[1,null]}");
        assertThat(payload(flags, "c", FREE_USER)).as("off has none").isNull();
    }

    private static String payload(LocalEvaluator flags, String key, EvaluationInput input) {
        return ((Value) flags.evaluate(key, input)).payloadJson();
    }

    @Test
    @Tag("LFE-13")
    void aLaterConditionDecidesIfAnInconclusiveOneWouldResultInTheSame() {
        LocalEvaluator flags = flags(
                ruled("other", VARIANTS + ", 'groups': [" + condition("'variant': 'red',", PRO) + ","
                        + condition("'variant': 'blue',") + "]"),
                ruled("same", VARIANTS + ", 'groups': [" + condition("'variant': 'blue',", PRO) + ","
                        + condition("'variant': 'blue',") + "]"),
                ruled("on", "'groups': [" + condition("", PRO) + "," + condition("") + "]"),
                ruled("hashed", VARIANTS + ", 'groups': [" + condition("", PRO) + "," + condition("") + "]"),
                ruled("several", VARIANTS + ", 'groups': [" + condition("'variant': 'red',", PRO) + ","
                        + condition("'variant': 'blue',", PRO) + "," + condition("'variant': 'blue',") + "]"),
                ruled("excluded",
                        VARIANTS + ", 'groups': [" + condition("'variant': 'red', 'rollout_percentage': 0,", PRO) + ","
                                + condition("'variant': 'blue',") + "]"));

        assertThat(outcome(flags, "other", USER)).isEqualTo("inconclusive");
        assertThat(outcome(flags, "other", FREE_USER)).isEqualTo("blue");
        assertThat(outcome(flags, "same", USER)).isEqualTo("blue");
        assertThat(outcome(flags, "on", USER)).isEqualTo(true);
        assertThat(outcome(flags, "hashed", USER)).isIn("red", "blue");
        assertThat(outcome(flags, "several", USER)).isEqualTo("inconclusive");
        assertThat(outcome(flags, "excluded", USER)).isEqualTo("blue");
    }

    @Test
    @Tag("LFE-3")
    void theKeyOfAVariantCanBeEmpty() {
        LocalEvaluator flags = flags(
                ruled("a", "'groups': [{}], 'payloads': {'': '1', 'true': '2'}, 'multivariate': {'variants': [{'key': '',"
                        + " 'rollout_percentage': 100}]}"),
                flag("b", evaluatesTo("a", "true", "a")), flag("c", evaluatesTo("a", "''", "a")));

        assertThat(flags.evaluate("a", USER)).isEqualTo(new Value(true, "", "1", MatchReason.CONDITION_MATCH, 0));
        assertThat(outcome(flags, "b", USER)).isEqualTo(true);
        assertThat(outcome(flags, "c", USER)).isEqualTo(true);
    }

    @Test
    @Tag("LFE-15")
    void anExceptionAffectsOnlyItsFlag() {
        Map<String, Throwable> failures = new HashMap<>();
        LocalEvaluator flags = new LocalEvaluator(
                flags(flag("a", PRO), flag("b"), flag("c", evaluatesTo("a", "true", "a")), flag("d", PRO)).definitions(),
                failures::put);
        Object broken = new AbstractList<>() {

            @Override
            public Object get(int index) {
                throw new UnsupportedOperationException();
            }

            @Override
            public int size() {
                return 1;
            }
        };
        EvaluationInput input = person("user-1", Map.of("plan", broken));

        Map<String, LocalResult> results = flags.evaluateAll(input);

        assertThat(results.get("a")).isEqualTo(flags.evaluate("a", input)).isInstanceOf(Inconclusive.class);
        assertThat(outcome(results.get("b"))).isEqualTo(true);
        assertThat(outcome(results.get("c"))).isEqualTo("inconclusive");
        assertThat(outcome(flags.evaluate(List.of("b", "d"), input).get("b"))).isEqualTo(true);
        assertThat(failures).containsOnlyKeys("a", "d");
        assertThat(failures.get("a")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @Tag("LFE-13")
    void withoutAMatchOneInconclusiveConditionIsEnough() {
        LocalEvaluator flags = flags(ruled("a", "'groups': [" + condition("", property("email", "is_set", "null")) + ","
                + condition("", PRO) + "]"));

        LocalResult result = flags.evaluate("a", FREE_USER);

        assertThat(result).isInstanceOfSatisfying(Inconclusive.class, inconclusive -> {
            assertThat(inconclusive.reason()).contains("'email'");
            assertThat(inconclusive.needsServer()).isFalse();
        });
    }

    @Test
    @Tag("LFE-15")
    void anInconclusiveFlagLeavesOthersAlone() {
        LocalEvaluator flags = flags(flag("a", "{'key': 'plan', 'operator': 'some_future_op', 'value': 1}"), flag("b"));

        assertThat(outcome(flags, "a", PRO_USER)).isEqualTo("inconclusive");
        assertThat(outcome(flags, "b", PRO_USER)).isEqualTo(true);
        assertThat(outcome(flags.evaluateAll(PRO_USER).get("b"))).isEqualTo(true);
    }

    @Test
    @Tag("LFE-12")
    void earlyExitEndsAtTheFirstConditionThatLeavesSomebodyOut() {
        String conditions = "'groups': [" + condition("'rollout_percentage': 0,", PRO) + "," + condition("") + "]";
        LocalEvaluator flags = flags(ruled("a", "'early_exit': true, " + conditions),
                ruled("b", "'early_exit': false, " + conditions));

        assertThat(outcome(flags, "a", PRO_USER)).isEqualTo(false);
        assertThat(outcome(flags, "b", PRO_USER)).isEqualTo(true);
        assertThat(outcome(flags, "a", FREE_USER)).as("filters that do not match end nothing").isEqualTo(true);
    }

    @Test
    void earlyExitWithoutFiltersEndsToo() {
        LocalEvaluator flags = flags(ruled("a", "'early_exit': true, 'groups': [{'rollout_percentage': 0}, {}]"));

        assertThat(outcome(flags, "a", USER)).isEqualTo(false);
    }

    @Test
    void earlyExitDecidesNothingWhereAnEarlierConditionMayHaveMatched() {
        LocalEvaluator flags = flags(ruled("a", "'early_exit': true, 'groups': [" + condition("", PRO)
                + ", {'rollout_percentage': 0}, {}]"),
                ruled("b", "'early_exit': true, 'groups': [" + condition("'rollout_percentage': 0,", PRO) + ", {}]"),
                ruled("c", "'early_exit': true, 'groups': [" + condition("'rollout_percentage': 0,", PRO) + "]"));

        assertThat(outcome(flags, "a", USER)).isEqualTo("inconclusive");
        assertThat(outcome(flags, "b", USER)).as("may have ended at the first").isEqualTo("inconclusive");
        assertThat(outcome(flags, "c", USER)).as("off in any case").isEqualTo(false);
    }

    @Test
    @Tag("LFE-8")
    void devicesAreBucketedByTheirId() {
        String rollout = "'groups': [{'rollout_percentage': 50}]";
        LocalEvaluator flags = flags(
                ruled("device-bucketed-flag", rollout).replace("'active'", "'bucketing_identifier': 'device_id', 'active'"),
                ruled("b", "'bucketing_identifier': 'device_id', " + rollout),
                ruled("c", "'bucketing_identifier': 'device_id', 'groups': [{}]").replace("'active'",
                        "'bucketing_identifier': '', 'active'"),
                ruled("d", "'bucketing_identifier': 'distinct_id', 'groups': [{}]"));

        assertThat(outcome(flags, "device-bucketed-flag", device("device_abc_123"))).isEqualTo(true);
        assertThat(outcome(flags, "b", device("x")))
                .isEqualTo(new BucketingHasher().hash("b.".getBytes(), "x", BucketingHasher.NO_SALT) <= 0.5);
        assertThat(outcome(flags, "c", device(null))).isEqualTo("inconclusive");
        assertThat(outcome(flags, "c", device(""))).isEqualTo("inconclusive");
        assertThat(outcome(flags, "d", device(null))).isEqualTo(true);
    }

    @Test
    @Tag("LFE-9")
    void theDistinctIdIsAPropertyUnlessGivenAsOne() {
        LocalEvaluator flags = flags(flag("a", property("distinct_id", "exact", "'user-1'")));

        assertThat(outcome(flags, "a", USER)).isEqualTo(true);
        assertThat(outcome(flags, "a", person("user-1", Map.of("distinct_id", "other")))).isEqualTo(false);
        LocalEvaluator ofDevices = flags(ruled("a", "'bucketing_identifier': 'device_id', 'groups': ["
                + condition("", property("distinct_id", "is_set", "null")) + "]"));
        assertThat(outcome(ofDevices, "a", new EvaluationInput("", "device", null, null, null, InstantSource.fixed(NOW))))
                .isEqualTo("inconclusive");
        assertThat(outcome(ofDevices, "a", device("device"))).isEqualTo(true);
    }

    @Test
    void someFlagsAreEvaluatedInOnePass() {
        LocalEvaluator flags = flags(flag("a"), flag("b", PRO));

        Map<String, LocalResult> results = flags.evaluate(List.of("b", "nowhere", "a"), FREE_USER);

        assertThat(results.keySet()).containsExactly("b", "nowhere", "a");
        assertThat(outcome(results.get("a"))).isEqualTo(true);
        assertThat(outcome(results.get("b"))).isEqualTo(false);
        assertThat(results.get("nowhere")).isSameAs(LocalResult.MISSING);
    }

    @Test
    void allFlagsAreEvaluatedInOnePass() {
        LocalEvaluator flags = flags(flag("a"), flag("b", PRO));

        Map<String, LocalResult> results = flags.evaluateAll(USER);

        assertThat(results.entrySet()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder("a", "b");
        assertThat(results.values()).extracting(TestFlags::outcome).containsExactlyInAnyOrder(true, "inconclusive");
        assertThat(results.get("c")).isNull();
        assertThat(results).containsKey("a").doesNotContainKey("c").hasSize(2);
    }

    @Test
    void manyThreadsGetTheSameAnswers() throws InterruptedException {
        LocalEvaluator flags = flags(ruled("simple-flag", "'groups': [{'rollout_percentage': 45}]"));
        int[] counts = new int[40];
        Thread[] threads = new Thread[counts.length];
        for (int t = 0; t < threads.length; t++) {
            int slot = t;
            threads[t] = new Thread(() -> {
                for (int i = 0; i < 1000; i++) {
                    boolean on = outcome(flags, "simple-flag", EvaluationInput.of("distinct_id_" + i, NOW)).equals(true);
                    counts[slot] += on ? 1 : 0;
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(counts).containsOnly(446);
    }

    /** PostHog uses the first 200 characters of a distinct ID, also for the hash. */
    @ParameterizedTest
    @ValueSource(strings = { "a", "\uD83D\uDE00" })
    @Tag("LFE-1")
    void aLongDistinctIdIsTruncated(String character) {
        String id = character.repeat(200);

        assertThat(EvaluationInput.of(id + "b", NOW).distinctId()).isEqualTo(id);
        assertThat(EvaluationInput.of(id, NOW).distinctId()).isEqualTo(id);
    }
}
