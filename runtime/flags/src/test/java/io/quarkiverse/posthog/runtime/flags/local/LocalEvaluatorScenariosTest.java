package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flag;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flags;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.groups;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.outcome;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.person;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.property;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.ruled;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;

/** The scenarios of PostHog's specification of local evaluators; whether a request is sent is not up to this package. */
class LocalEvaluatorScenariosTest {

    private static final EvaluationInput USER = EvaluationInput.of("user-123", NOW);
    private static final String BETA_UI = ruled("beta-ui",
            "'groups': [{'properties': [" + property("distinct_id", "exact", "'user-123'") + "]}]");
    private static final String CHECKOUT = ruled("checkout", "'groups': [{'properties': ["
            + property("distinct_id", "exact", "'user-123'") + "], 'variant': 'blue'}], 'multivariate': {'variants':"
            + " [{'key': 'blue', 'rollout_percentage': 0}]}, 'payloads': {'blue': '{\\'copy\\':\\'new\\'}'}");
    private static final String ENTERPRISE_UI = flag("enterprise-ui", property("email", "starts_with", "'admin@'"));
    private static final String FUTURE = flag("future-op-flag", property("plan", "from_the_future", "'enterprise'"));

    @Test
    void evaluatorReturnsTrueForAMatchingActiveBooleanFlag() {
        assertThat(outcome(flags(BETA_UI), "beta-ui", USER)).isEqualTo(true);
    }

    @Test
    void evaluatorReturnsAVariantForAMatchingMultivariateFlag() {
        assertThat(outcome(flags(CHECKOUT), "checkout", USER)).isEqualTo("blue");
    }

    @Test
    void evaluatorSignalsRemoteFallbackWhenRequiredContextIsMissing() {
        LocalEvaluator flags = flags(ruled("company-beta", "'aggregation_group_type_index': 0, 'groups': [{}]"));

        assertThat(outcome(flags, "company-beta", USER)).isEqualTo("inconclusive");
        assertThat(outcome(flags, "company-beta", groups(Map.of("company", "acme"), null))).isEqualTo(true);
    }

    @Test
    void evaluatorResolvesPayloadFromTheMatchedValue() {
        assertThat(((Value) flags(CHECKOUT).evaluate("checkout", USER)).payloadJson()).isEqualTo("{\"copy\":\"new\"}");
    }

    @Test
    void aStartsWithFilterMatchesLocally() {
        assertThat(outcome(flags(ENTERPRISE_UI), "enterprise-ui", person("user-123", Map.of("email", "Admin@Example.com"))))
                .isEqualTo(true);
    }

    @Test
    void aStartsWithFilterIsInconclusiveWhenThePropertyIsMissing() {
        assertThat(outcome(flags(ENTERPRISE_UI), "enterprise-ui", USER)).isEqualTo("inconclusive");
    }

    @Test
    void anUnrecognizedOperatorDefersOnlyThatFlagToRemoteEvaluation() {
        assertThat(outcome(flags(FUTURE), "future-op-flag", person("user-123", Map.of("plan", "enterprise"))))
                .isEqualTo("inconclusive");
    }

    @Test
    void otherFlagsKeepEvaluatingLocallyDespiteOneUnrecognizedOperator() {
        Map<String, LocalResult> results = flags(FUTURE, BETA_UI).evaluateAll(USER);

        assertThat(outcome(results.get("future-op-flag"))).isEqualTo("inconclusive");
        assertThat(outcome(results.get("beta-ui"))).isEqualTo(true);
    }

    @Test
    void aFractionalRolloutPercentageMatchesOnlyTheIntendedBucket() {
        LocalEvaluator flags = flags(ruled("fractional-rollout", "'groups': [{'rollout_percentage': 0.1}]"));

        assertThat(outcome(flags, "fractional-rollout", EvaluationInput.of("user-2912", NOW))).isEqualTo(true);
        assertThat(outcome(flags, "fractional-rollout", EvaluationInput.of("user-212", NOW))).isEqualTo(false);
    }

    @Test
    void rolloutPercentageBoundariesKeepBehavingAfterWideningToAFloat() {
        LocalEvaluator flags = flags(ruled("boundary-rollout", "'groups': [{'rollout_percentage': 100.0}]"),
                ruled("zero-rollout", "'groups': [{'rollout_percentage': 0.0}]"));
        for (int i = 0; i < 200; i++) {
            assertThat(outcome(flags, "boundary-rollout", EvaluationInput.of("user-" + i, NOW))).isEqualTo(true);
            assertThat(outcome(flags, "zero-rollout", EvaluationInput.of("user-" + i, NOW))).isEqualTo(false);
        }
    }
}
