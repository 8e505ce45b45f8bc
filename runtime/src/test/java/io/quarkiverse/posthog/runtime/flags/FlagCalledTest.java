package io.quarkiverse.posthog.runtime.flags;

import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.PERSON;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.defined;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.now;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

import jakarta.ws.rs.ProcessingException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkiverse.posthog.runtime.rest.Refusals;

/** Telling PostHog who was exposed to which flag. */
class FlagCalledTest {

    private final TestEvaluations test = TestEvaluations.of("flags.max-retries", "0");

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.flags");

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "\t" })
    @Tag("FLG-10")
    void anEmptyKeyEvaluatesNothingAndIsNoExposure(String key) {
        TestEvaluations test = TestEvaluations.of();
        test.postHog.answers("{'flags': {" + FlagsStub.flag("beta-ui", "true", "") + "}}");

        for (FlagContext context : List.of(FlagContext.of(PERSON).flagKey(key), FlagContext.of(PERSON).flagKeys(key, key))) {
            assertThat(test.evaluate(context).keys()).isEmpty();
            assertThat(test.flags.evaluateFlagsLocally(context).keys()).isEmpty();
        }
        assertThat(test.flags.isFeatureEnabled(key, PERSON, true).await().indefinitely()).isTrue();
        assertThat(test.flags.getFeatureFlag(key, PERSON).await().indefinitely()).isNull();
        assertThat(test.flags.getFeatureFlagResult(key, PERSON).await().indefinitely()).isNull();
        assertThat(test.postHog.requests).isEmpty();

        FlagSnapshot flags = test.evaluate(FlagContext.of(PERSON).flagKeys(key, "beta-ui"));
        assertThat(flags.isEnabled(key)).isFalse();
        assertThat(flags.value(key)).isEmpty();
        assertThat(flags.keys()).containsExactly("beta-ui");
        assertThat(test.exposures()).isEmpty();
        assertThat(log.warnings()).singleElement().asString()
                .startsWith("PostHog account 'default': a flag key is empty");
    }

    @Test
    @Tag("FLG-10")
    void noKeysAtAllAreNoMistake() {
        TestEvaluations test = TestEvaluations.of();

        assertThat(test.evaluate(FlagContext.of(PERSON).flagKeys(List.of())).keys()).isEmpty();

        assertThat(log.warnings()).isEmpty();
    }

    @Test
    @Tag("EVF-12")
    @Tag("TRK-1")
    void theFirstQuestionForAValueIsTold() {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));
        FlagSnapshot flags = test.evaluate();
        assertThat(test.exposures()).isEmpty();

        flags.isEnabled("beta-ui");
        flags.value("beta-ui");
        flags.isEnabled("beta-ui");

        JsonNode event = single();
        assertThat(event.path("distinct_id").asText()).isEqualTo(PERSON);
        assertThat(event.path("properties").path("$feature_flag").asText()).isEqualTo("beta-ui");
        assertThat(event.path("properties").path("$feature_flag_response").asBoolean()).isTrue();
        assertThat(event.path("properties").path("$feature/beta-ui").asBoolean()).isTrue();
        assertThat(event.path("properties").path("locally_evaluated").isBoolean()).isTrue();
        assertThat(event.path("properties").path("locally_evaluated").asBoolean()).isFalse();
    }

    @Test
    @Tag("EVF-12")
    @Tag("TRK-1")
    void theSameValueIsToldOnceForAllSnapshots() {
        test.postHog.answers(FlagsStub.flags("checkout", "blue"));

        test.evaluate().isEnabled("checkout");
        test.evaluate().variant("checkout");
        now(test.flags.getFeatureFlag("checkout", PERSON));
        now(test.flags.isFeatureEnabled("checkout", PERSON));

        assertThat(single().path("properties").path("$feature_flag_response").asText()).isEqualTo("blue");
    }

    @Test
    @Tag("TRK-1")
    void anotherValueAndAnotherPersonAreTold() {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));
        test.evaluate().isEnabled("beta-ui");
        test.evaluate(FlagContext.of("somebody else")).isEnabled("beta-ui");
        test.postHog.answers(FlagsStub.flags("beta-ui", "false"));
        test.evaluate().isEnabled("beta-ui");

        assertThat(test.exposures()).extracting(event -> event.path("distinct_id").asText() + " "
                + event.path("properties").path("$feature_flag_response").asText())
                .containsExactly("user-123 true", "somebody else true", "user-123 false");
    }

    @Test
    @Tag("TRK-1")
    @Tag("TRK-2")
    void otherGroupsAreToldInWhicheverOrder() {
        test.postHog.answers(FlagsStub.flags("company-beta", "true"));
        Map<String, String> groups = new LinkedHashMap<>(Map.of("company", "company-123"));
        groups.put("team", "team-1");
        Map<String, String> reversed = new LinkedHashMap<>(Map.of("team", "team-1"));
        reversed.put("company", "company-123");

        test.evaluate(FlagContext.of(PERSON).groups(groups)).isEnabled("company-beta");
        test.evaluate(FlagContext.of(PERSON).groups(reversed)).isEnabled("company-beta");
        test.evaluate(FlagContext.of(PERSON).group("company", "company-456")).isEnabled("company-beta");

        assertThat(test.exposures()).extracting(event -> event.path("properties").path("$groups").toString())
                .containsExactly("{\"company\":\"company-123\",\"team\":\"team-1\"}", "{\"company\":\"company-456\"}");
    }

    @Test
    @Tag("TRK-3")
    void manyThreadsTellOnce() throws Exception {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> asked = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                FlagSnapshot flags = test.evaluate();
                asked.add(threads.submit(() -> {
                    start.await();
                    return flags.isEnabled("beta-ui");
                }));
            }
            start.countDown();
            for (Future<?> future : asked) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(test.exposures()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({ "123321, 1231", "121312, 1232" })
    @Tag("TRK-4")
    void whoDidNotAskForTheLongestIsForgottenFirst(String asking, String told) {
        TestEvaluations small = TestEvaluations.of("flags.feature-flag-called-cache-size", "2");
        small.postHog.answers(FlagsStub.flags("beta-ui", "true"));

        for (String person : asking.split("")) {
            small.evaluate(FlagContext.of(person)).isEnabled("beta-ui");
        }

        assertThat(small.exposures()).extracting(event -> event.path("distinct_id").asText())
                .containsExactly(told.split(""));
    }

    @Test
    @Tag("TRK-5")
    void closingForgetsEverything() {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));
        FlagSnapshot flags = test.evaluate();
        flags.isEnabled("beta-ui");
        flags.isEnabled("beta-ui");
        assertThat(test.exposures()).hasSize(1);

        test.flags.close();

        // Who still has a snapshot shows that nothing is remembered
        flags.isEnabled("beta-ui");
        assertThat(test.exposures()).hasSize(2);
    }

    @Test
    @Tag("HTC-4")
    @Tag("HTC-6")
    @Tag("RFL-5")
    void aRequestThatIsRepeatedCapturesNothingMore() {
        TestEvaluations repeating = TestEvaluations.of("flags.max-retries", "1");
        repeating.postHog.fails(new ProcessingException(new ConnectException("Connection refused")));
        repeating.postHog.answers(FlagsStub.flags("beta-ui", "true"));

        FlagSnapshot flags = repeating.evaluate("beta-ui");

        assertThat(repeating.postHog.requests).hasSize(2).containsOnly(repeating.postHog.requests.get(0));
        assertThat(repeating.capture.sent()).isEmpty();
        flags.isEnabled("beta-ui");
        assertThat(repeating.capture.sent()).hasSize(1);
    }

    @Test
    @Tag("TRK-6")
    void whatPostHogSaidIsTold() {
        test.postHog
                .answers("{'flags': {'checkout': {'enabled': true, 'variant': 'blue', 'reason': {'code': 'condition_match', "
                        + "'description': 'Matched condition set 1'}, 'metadata': {'id': 12, 'version': 3, 'has_experiment': true, "
                        + "'payload': '[1, 2]'}}}, 'requestId': 'r-1', 'evaluatedAt': 1735689600123}");

        test.evaluate(FlagContext.of(PERSON).geoip(false)).value("checkout");

        JsonNode properties = single().path("properties");
        assertThat(properties.path("$feature_flag_id").asInt()).isEqualTo(12);
        assertThat(properties.path("$feature_flag_version").asInt()).isEqualTo(3);
        assertThat(properties.path("$feature_flag_reason").asText()).isEqualTo("Matched condition set 1");
        assertThat(properties.path("$feature_flag_has_experiment").asBoolean()).isTrue();
        assertThat(properties.path("$feature_flag_payload").toString()).isEqualTo("[1,2]");
        assertThat(properties.path("$feature_flag_request_id").asText()).isEqualTo("r-1");
        assertThat(properties.path("$feature_flag_evaluated_at").asLong()).isEqualTo(1735689600123L);
        assertThat(properties.path("$geoip_disable").asBoolean()).isTrue();
        assertThat(properties.has("$feature_flag_error")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "targeting_match   | targeted_release   | 7 | -   | -",
            "targeting_match   | percentage_rollout | 7 | -   | -",
            "rollout_miss      | percentage_rollout | 7 | -   | -",
            "rollout_miss      | experiment         | 7 | 456 | -",
            "experiment_paused | experiment         | 7 | 456 | -",
            "experiment_split  | experiment         | 7 | 456 | $feature_flag_variant",
            "holdout           | experiment         | 7 | 456 | $feature_flag_holdout_id" })
    @Tag("TRK-11")
    void theRuleIsTold(String code, String type, String id, Integer experiment, String more) {
        test.postHog.answers(rule(code, type, "'rule_id': '7', 'experiment_id': 456, 'variant_key': 'arm', 'holdout_id': 5"));

        test.evaluate().isEnabled("a");

        JsonNode properties = single().path("properties");
        assertThat(properties.path("$feature_flag_config_version").asInt()).isEqualTo(2);
        assertThat(properties.path("$feature_flag_reason_code").asText()).isEqualTo(code);
        assertThat(properties.path("$feature_flag_rule_type").asText()).isEqualTo(type);
        assertThat(properties.path("$feature_flag_rule_id").asText()).isEqualTo(id);
        assertThat(properties.path("$feature_flag_experiment_id").asInt()).isEqualTo(experiment == null ? 0 : experiment);
        assertThat(properties.has("$feature_flag_variant")).isEqualTo("$feature_flag_variant".equals(more));
        assertThat(properties.has("$feature_flag_holdout_id")).isEqualTo("$feature_flag_holdout_id".equals(more));
    }

    @ParameterizedTest
    @ValueSource(strings = { "targeting_match", "rollout_miss", "experiment_paused", "holdout" })
    @Tag("TRK-11")
    void aRuleOfNoExperimentInPostHogHasNoIdsOfOne(String code) {
        test.postHog.answers(rule(code, "experiment", "'rule_id': '7'"));

        test.evaluate().isEnabled("a");

        JsonNode properties = single().path("properties");
        assertThat(properties.path("$feature_flag_rule_type").asText()).isEqualTo("experiment");
        assertThat(properties.path("$feature_flag_rule_id").asText()).isEqualTo("7");
        assertThat(properties.properties()).extracting(Map.Entry::getKey).doesNotContain("$feature_flag_experiment_id",
                "$feature_flag_variant", "$feature_flag_holdout_id");
    }

    @ParameterizedTest
    @CsvSource({ "experiment_split, experiment", "experiment_split, percentage_rollout", "targeting_match, experiment",
            "holdout, experiment",
            "no_rule_match, targeted_release", "unheard_of, targeted_release" })
    @Tag("TRK-11")
    void aRuleThatIsNotCompleteIsLeftOut(String code, String type) {
        test.postHog.answers(rule(code, type, "'rule_id': '7', 'experiment_id': 456"));

        test.evaluate().isEnabled("a");

        assertThat(single().path("properties").properties()).extracting(Map.Entry::getKey)
                .filteredOn(name -> name.startsWith("$feature_flag_"))
                .containsExactlyInAnyOrder("$feature_flag_response", "$feature_flag_reason", "$feature_flag_config_version",
                        "$feature_flag_reason_code");
    }

    @Test
    @Tag("TRK-11")
    void aFlagWithoutRulesHasVersion1() {
        test.postHog.answers("{'flags': {'a': {'enabled': true, 'variant': 'blue', 'reason': {'code': 'condition_match'}, "
                + "'metadata': {'rule_id': '7', 'holdout_id': 5}}}}");

        test.evaluate().isEnabled("a");

        JsonNode properties = single().path("properties");
        assertThat(properties.path("$feature_flag_config_version").asInt()).isEqualTo(1);
        assertThat(properties.path("$feature_flag_reason_code").asText()).isEqualTo("condition_match");
        assertThat(properties.has("$feature_flag_rule_id")).isFalse();
        assertThat(properties.has("$feature_flag_holdout_id")).isFalse();
    }

    private static String rule(String code, String type, String metadata) {
        return "{'flags': {'a': {'value': true, 'reason': {'code': '" + code + "'}, 'metadata': {'config_version': 2, "
                + "'rule_type': '" + type + "', " + metadata + "}}}}";
    }

    @Test
    @Tag("TRK-6")
    void whatIsNotKnownIsLeftOut() {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));

        test.evaluate().isEnabled("beta-ui");

        assertThat(single().path("properties").properties()).extracting(Map.Entry::getKey)
                .filteredOn(name -> name.startsWith("$feature") || name.startsWith("$group"))
                .containsExactlyInAnyOrder("$feature_flag", "$feature_flag_response", "$feature/beta-ui");
    }

    @Test
    @Tag("TRK-6")
    void whatWasEvaluatedHereIsToldWithoutTheRequest() {
        test.define(defined("beta-ui", "true") + "," + TestEvaluations.definedForPro("checkout"));
        test.postHog.answers("{'flags': {}, 'requestId': 'r-1', 'errorsWhileComputingFlags': true}");

        test.evaluate().isEnabled("beta-ui");

        JsonNode properties = single().path("properties");
        assertThat(properties.path("locally_evaluated").asBoolean()).isTrue();
        assertThat(properties.path("$feature_flag_reason").asText()).isEqualTo("Evaluated locally");
        assertThat(properties.path("$feature_flag_id").asInt()).isEqualTo(7);
        assertThat(properties.has("$feature_flag_request_id")).isFalse();
        assertThat(properties.has("$feature_flag_error")).isFalse();
    }

    @Test
    @Tag("EVF-13")
    @Tag("TRK-7")
    void aMissingFlagIsToldAsMissing() {
        FlagSnapshot flags = test.evaluate();

        flags.isEnabled("missing");
        flags.value("missing");

        JsonNode properties = single().path("properties");
        assertThat(properties.path("$feature_flag").asText()).isEqualTo("missing");
        assertThat(properties.path("$feature_flag_error").asText()).isEqualTo("flag_missing");
        assertThat(properties.has("$feature_flag_response")).isFalse();
        assertThat(flags.onlyAccessed().keys()).isEmpty();
    }

    @Test
    @Tag("EVF-13")
    void aPartOfASnapshotSaysNothingOfWhatWasTakenOut() {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true", "checkout", "blue"));

        test.evaluate().only("beta-ui").isEnabled("checkout");

        assertThat(test.exposures()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'flags': {}, 'errorsWhileComputingFlags': true} | errors_while_computing_flags,flag_missing",
            "{'flags': {}, 'quotaLimited': ['feature_flags']} | quota_limited,flag_missing",
            "503 | api_error_503,flag_missing",
            "401 | api_error_401,flag_missing",
            "timeout | timeout,flag_missing",
            "refused | connection_error,flag_missing",
            "nonsense | unknown_error,flag_missing" }, quoteCharacter = '~')
    @Tag("TRK-7")
    void whyAFlagIsMissingIsTold(String answer, String error) {
        if (answer.matches("\\d+")) {
            test.postHog.fails(Refusals.of(Integer.parseInt(answer), null));
        } else if (answer.equals("timeout")) {
            test.postHog.fails(new ProcessingException(new TimeoutException("no answer")));
        } else if (answer.equals("refused")) {
            test.postHog.fails(new ProcessingException(new ConnectException("Connection refused")));
        } else {
            test.postHog.answers(answer);
        }

        test.evaluate().isEnabled("beta-ui");

        assertThat(single().path("properties").path("$feature_flag_error").asText()).isEqualTo(error);
    }

    @Test
    @Tag("FLG-2")
    void tellingIsLeftOutOnDemand() {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));

        assertThat(now(test.flags.isFeatureEnabled("beta-ui", FlagContext.of(PERSON).sendFeatureFlagEvents(false)))).isTrue();
        assertThat(test.exposures()).isEmpty();

        assertThat(now(test.flags.isFeatureEnabled("beta-ui", PERSON))).isTrue();
        assertThat(test.exposures()).hasSize(1);
    }

    @Test
    void tellingIsSwitchedOffForTheAccount() {
        TestEvaluations silent = TestEvaluations.of("flags.send-feature-flag-events", "false");
        silent.postHog.answers(FlagsStub.flags("beta-ui", "true"));

        assertThat(silent.evaluate().isEnabled("beta-ui")).isTrue();
        assertThat(silent.exposures()).isEmpty();
    }

    @Test
    void whatWasNotToldBecauseOfAnOptOutIsToldLater() {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));
        test.capture.pipeline.optOut(true);
        test.evaluate().isEnabled("beta-ui");
        test.capture.pipeline.optOut(false);

        test.evaluate().isEnabled("beta-ui");

        assertThat(test.exposures()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({ "true, false, true", "true, true, false", "true, , false", "false, false, false", ", false, false" })
    @Tag("TRK-8")
    void theShortFormIsForFlagsThatCertainlyHaveNoExperiment(String gate, String experiment, boolean minimal) {
        test.postHog.answers("{'flags': {" + FlagsStub.flag("beta-ui", "true",
                experiment == null ? "" : ", 'metadata': {'has_experiment': " + experiment + "}") + "}"
                + (gate == null ? "" : ", 'minimalFlagCalledEvents': " + gate) + "}");

        test.evaluate().isEnabled("beta-ui");

        assertThat(single().path("properties").has("$feature/beta-ui")).isEqualTo(!minimal);
    }

    @Test
    @Tag("TRK-8")
    @Tag("TRK-10")
    void theShortFormIsForFlagsEvaluatedHereToo() {
        test.define(defined("beta-ui", "true", ", 'has_experiment': false") + "," + defined("other", "true"),
                ", 'minimal_flag_called_events': true");
        test.refreshDefinitions();

        test.evaluate().isEnabled("beta-ui");
        test.evaluate().isEnabled("other");

        assertThat(test.exposures()).extracting(event -> event.path("properties").has("$feature/beta-ui")
                || event.path("properties").has("$feature/other")).containsExactly(false, true);
    }

    @Test
    @Tag("TRK-9")
    void theShortFormKeepsWhatPostHogNeeds() {
        TestEvaluations hooked = TestEvaluations.of(List.of(event -> {
            // Hooks come after
            return event.property("seen", event.properties().keySet().toString());
        }), "flags.max-retries", "0");
        hooked.postHog.answers("{'flags': {'beta-ui': {'enabled': true, 'reason': {'code': 'condition_match'}, "
                + "'metadata': {'id': 1, 'version': 2, 'has_experiment': false, 'payload': '1'}}}, 'requestId': 'r-1', "
                + "'evaluatedAt': 5, 'minimalFlagCalledEvents': true}");

        hooked.evaluate(FlagContext.of(PERSON).group("company", "acme")).isEnabled("beta-ui");

        assertThat(hooked.exposures().get(0).path("properties").properties()).extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("$feature_flag", "$feature_flag_response", "$feature_flag_has_experiment",
                        "$feature_flag_id", "$feature_flag_version", "$feature_flag_reason", "$feature_flag_request_id",
                        "$feature_flag_evaluated_at", "locally_evaluated", "$groups", "$lib", "$lib_version", "$is_server",
                        "$geoip_disable", "seen");
        assertThat(hooked.exposures().get(0).path("properties").path("seen").asText()).doesNotContain("$feature/");
    }

    @Test
    @Tag("TRK-9")
    void theShortFormKeepsWhereSessionsComeFrom() {
        CaptureEvent event = MinimalFeatureFlagCalledEvent.of(CaptureEvent.of("$feature_flag_called", PERSON)
                .properties(Map.of("$referring_domain", "google.com", "utm_source", "google", "gclid", "1", "fbclid", "2",
                        "mc_cid", "3", "gad_source", "4", "$session_id", "s"))
                .properties(Map.of("$referrer", "https://google.com/search?q=posthog", "team", "growth", "$feature/a", true)));

        assertThat(event.properties()).containsOnlyKeys("$referring_domain", "utm_source", "gclid", "fbclid", "mc_cid",
                "gad_source", "$session_id");
    }

    private JsonNode single() {
        List<JsonNode> exposures = test.exposures();
        assertThat(exposures).hasSize(1);
        return exposures.get(0);
    }
}
