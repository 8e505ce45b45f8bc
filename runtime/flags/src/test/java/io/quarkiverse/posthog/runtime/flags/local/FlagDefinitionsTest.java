package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.definitions;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flag;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flags;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.outcome;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.ruled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.FlagMetadata;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;

/** Reading definitions. */
class FlagDefinitionsTest {

    private static final EvaluationInput USER = EvaluationInput.of("user-1", NOW);

    @Test
    void flagsAreFoundByTheirKey() {
        FlagDefinitions definitions = definitions("{'flags': [{'id': 12, 'version': 3, 'key': 'a', 'active': true,"
                + " 'has_experiment': false, 'filters': {'payloads': {'true': '{\\'x\\': 1}', 'red': 5}}},"
                + " {'key': 'b', 'active': true}], 'group_type_mapping': {'0': 'company'}, 'minimal_flag_called_events': true}");

        assertThat(definitions.keys()).containsExactlyInAnyOrder("a", "b");
        assertThat(definitions.size()).isEqualTo(2);
        assertThat(definitions.flag("a"))
                .hasValue(new FlagMetadata("a", 12L, 3, false, Map.of("true", "{\"x\": 1}", "red", "5"), 1, null,
                        Set.of()));
        assertThat(definitions.flag("a").get().payload(null)).isEqualTo("{\"x\": 1}");
        assertThat(definitions.flag("a").get().payload("red")).isEqualTo("5");
        assertThat(definitions.flag("b")).hasValue(new FlagMetadata("b", null, null, null, Map.of(), 1, null, Set.of()));
        assertThat(definitions.flag("c")).isEmpty();
        assertThat(definitions.groupTypes()).isEqualTo(Map.of(0, "company"));
        assertThat(definitions.minimalFlagCalledEvents()).isTrue();
        assertThat(definitions.warnings()).isEmpty();
    }

    @Test
    void shortEventsAreSentOnlyWherePostHogSaysTrue() {
        assertThat(definitions("{'flags': []}").minimalFlagCalledEvents()).isFalse();
        assertThat(definitions("{'flags': [], 'minimal_flag_called_events': 'true'}").minimalFlagCalledEvents()).isFalse();
        assertThat(definitions("{'flags': [], 'minimal_flag_called_events': null}").minimalFlagCalledEvents()).isFalse();
    }

    @Test
    @Tag("LFE-20")
    void theSampleOfPostHogIsRead() {
        // A cohort that is delivered, a dependency whose chain is not, and a holdout
        FlagDefinitions definitions = definitions(
                "{'flags': [{'id': 12, 'team_id': 4242, 'name': 'New checkout', 'key': 'new-checkout',"
                        + " 'filters': {'groups': [{'properties': [{'key': 'id', 'type': 'cohort', 'value': 55, 'operator': 'in',"
                        + " 'cohort_name': 'Beta users'}], 'rollout_percentage': 100, 'variant': null}, {'properties': [{'key': '11',"
                        + " 'type': 'flag', 'value': true, 'operator': 'flag_evaluates_to'}], 'rollout_percentage': 12.5, 'variant': 'test',"
                        + " 'description': 'dependency'}], 'multivariate': {'variants': [{'key': 'control', 'name': '',"
                        + " 'rollout_percentage': 50}, {'key': 'test', 'name': 'Shiny', 'rollout_percentage': 50}]}, 'payloads': {'test':"
                        + " '{\\'color\\': \\'green\\'}'}, 'aggregation_group_type_index': null, 'holdout': {'id': 4,"
                        + " 'exclusion_percentage': 10}}, 'deleted': false, 'active': true, 'ensure_experience_continuity': false,"
                        + " 'has_encrypted_payloads': false, 'version': 3, 'evaluation_runtime': 'all', 'bucketing_identifier': 'distinct_id',"
                        + " 'evaluation_contexts': [], 'has_experiment': true}], 'group_type_mapping': {'0': 'organization'}, 'cohorts':"
                        + " {'55': {'type': 'OR', 'values': [{'type': 'AND', 'values': [{'key': 'plan', 'type': 'person', 'value': ['pro'],"
                        + " 'operator': 'exact', 'negation': false}]}]}}}");

        assertThat(definitions.warnings()).isEmpty();
        assertThat(outcome(new LocalEvaluator(definitions), "new-checkout", TestFlags.person("user-1", Map.of("plan", "pro"))))
                .as("the flag on which it depends is missing").isEqualTo("inconclusive");
    }

    @Test
    @Tag("LFE-20")
    void contentAfterTheJsonIsRejected() {
        for (String rest : List.of("x", "{}", "]", "1", ",")) {
            assertThatThrownBy(() -> definitions("{'flags': []}" + rest)).as(rest).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not JSON");
        }
        assertThat(definitions("{'flags': []} \n").size()).isZero();
    }

    @Test
    @Tag("LFO-12")
    void namesAndTextsCanHaveAnyLength() {
        String name = "n".repeat(2_000_000);
        LocalEvaluator flags = new LocalEvaluator(
                definitions("{'" + name + "': 1, 'flags': [" + flag("a", TestFlags.property(name, "exact",
                        "'" + name + "'")) + "]}"));

        assertThat(outcome(flags, "a", TestFlags.person("user-1", Map.of(name, name)))).isEqualTo(true);
    }

    @Test
    void aDeletedFlagIsNotThere() {
        FlagDefinitions definitions = definitions("{'flags': [{'key': 'a', 'active': true, 'deleted': true}]}");

        assertThat(definitions.keys()).isEmpty();
        assertThat(new LocalEvaluator(definitions).evaluate("a", USER)).isSameAs(LocalResult.MISSING);
    }

    @Test
    void theLastOfTwoFlagsWithOneKeyCounts() {
        LocalEvaluator flags = flags(ruled("a", "'groups': []"), flag("a"));

        assertThat(flags.definitions().size()).isEqualTo(1);
        assertThat(outcome(flags, "a", USER)).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "nonsense", "[]", "null", "5", "{}", "{'flags': null}", "{'flags': {}}", "{'flags': [" })
    void whatIsNoDefinitionsIsRefused(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> definitions(json)).withMessageStartingWith("Flag definitions");
    }

    @Test
    void thereMayBeNoFlags() {
        assertThat(FlagDefinitions.empty().keys()).isEmpty();
        assertThat(new LocalEvaluator(FlagDefinitions.empty()).evaluateAll(USER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "'active': 1", "'active': null", "'active': true, 'filters': []", "'active': true, 'filters': 'x'",
            "'active': true, 'filters': {'groups': {}}", "'active': true, 'filters': {'groups': [null]}",
            "'active': true, 'filters': {'groups': [5]}",
            "'active': true, 'filters': {'groups': [{'rollout_percentage': '50'}]}",
            "'active': true, 'filters': {'groups': [{'properties': {}}]}",
            "'active': true, 'filters': {'groups': [{'variant': 5}]}",
            "'active': true, 'filters': {'groups': [{'aggregation_group_type_index': '0'}]}",
            "'active': true, 'filters': {'groups': [{}], 'aggregation_group_type_index': 0.5}",
            "'active': true, 'filters': {'groups': [{}], 'multivariate': []}",
            "'active': true, 'filters': {'groups': [{}], 'multivariate': {'variants': [{'key': 'a'}]}}",
            "'active': true, 'filters': {'groups': [{}], 'multivariate': {'variants': [{'rollout_percentage': 5}]}}",
            "'active': true, 'filters': {'groups': [{}], 'multivariate': {'variants': [null]}}",
            "'active': true, 'filters': {'groups': [{}], 'payloads': []}",
            "'active': true, 'filters': {'groups': [{}], 'holdout': 5}",
            "'active': true, 'filters': {'groups': [{}], 'holdout': {'id': 4}}",
            "'active': true, 'filters': {'groups': [{}], 'holdout': {'id': 'x', 'exclusion_percentage': 4}}",
            "'active': true, 'filters': {'groups': [{}], 'early_exit': 'yes'}",
            "'active': true, 'filters': {'groups': [{}], 'feature_enrollment': 'yes'}",
            "'active': true, 'filters': {'groups': [{}], 'super_groups': {}}",
            "'active': true, 'filters': {'groups': [{}]}, 'ensure_experience_continuity': 'yes'",
            "'active': true, 'filters': {'groups': [{}]}, 'bucketing_identifier': 'moon'",
            "'active': true, 'filters': {'groups': [{}]}, 'bucketing_identifier': 5" })
    @Tag("LFE-15")
    void aMalformedFlagIsInconclusiveAndHarmsNoOther(String members) {
        LocalEvaluator flags = flags("{'id': 5, 'key': 'bad', " + members + "}", flag("good"));

        assertThat(outcome(flags, "bad", USER)).isEqualTo("inconclusive");
        assertThat(outcome(flags, "good", USER)).isEqualTo(true);
        assertThat(flags.definitions().flag("bad")).map(FlagMetadata::id).hasValue(5L);
        assertThat(flags.definitions().warnings()).singleElement().asString().contains("'bad'");
    }

    @Test
    void aFlagWithoutKeyIsLeftOut() {
        LocalEvaluator flags = flags("{'id': 5, 'active': true}", "{'key': 5, 'active': true}", "7", "null", "[]",
                flag("good"));

        assertThat(flags.definitions().keys()).containsExactly("good");
        assertThat(flags.definitions().warnings()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = { "5", "null", "'x'", "[]", "{'value': 'x'}", "{'key': 5, 'value': 'x'}",
            "{'key': 'plan', 'operator': 5}",
            "{'key': 'plan', 'type': 5, 'value': 'x'}", "{'key': 'plan', 'type': 'moon', 'value': 'x'}",
            "{'key': 'plan', 'type': 'group', 'value': 'x'}",
            "{'key': 'plan', 'type': 'group', 'group_type_index': 9, 'value': 'x'}",
            "{'key': 'plan', 'type': 'group', 'group_type_index': 'a', 'value': 'x'}" })
    void aMalformedFilterCostsNoMoreThanItsCondition(String filter) {
        LocalEvaluator flags = flags(flag("a", filter), ruled("b", "'groups': [{'properties': [" + filter + "]}, {}]"));

        assertThat(outcome(flags, "a", TestFlags.person("user-1", Map.of("plan", "x")))).isEqualTo("inconclusive");
        assertThat(outcome(flags, "b", TestFlags.person("user-1", Map.of("plan", "x")))).isEqualTo(true);
    }

    @Test
    void aThousandFlagsAreReadInWellUnderASecond() {
        String[] many = new String[1000];
        for (int i = 0; i < many.length; i++) {
            many[i] = flag("flag-" + i, TestFlags.property("email", "regex", "'^[a-z]+" + i + "@'"),
                    TestFlags.property("plan", "exact", "['a', 'b', 'c" + i + "']"));
        }
        flags(many);
        long start = System.nanoTime();
        assertThat(flags(many).definitions().size()).isEqualTo(1000);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(3));
    }

    @Test
    void keysAndIdsMayBeInAnyScript() {
        LocalEvaluator flags = flags(ruled("флаг-日本-😀", "'groups': [{'rollout_percentage': 50}]"));
        int on = 0;
        for (int i = 0; i < 400; i++) {
            on += outcome(flags, "флаг-日本-😀", EvaluationInput.of("用户-😀-" + i, NOW)).equals(true) ? 1 : 0;
        }
        assertThat(on).isBetween(140, 260);
    }

    @Test
    void aVeryLongIdIsAnIdLikeOthers() {
        LocalEvaluator flags = flags(ruled("a", "'groups': [{'rollout_percentage': 50}]"));

        assertThat(outcome(flags, "a", EvaluationInput.of("x".repeat(1_000_000), NOW))).isIn(true, false);
        assertThat(outcome(flags, "a", EvaluationInput.of("\ud800", NOW))).as("half a character").isIn(true, false);
    }
}
