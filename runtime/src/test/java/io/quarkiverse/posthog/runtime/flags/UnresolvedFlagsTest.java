package io.quarkiverse.posthog.runtime.flags;

import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.PERSON;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.defined;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.definedForPro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.net.ConnectException;
import java.util.Map;

import jakarta.ws.rs.ProcessingException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.flags.UnresolvedFlagReason;

/** Flags with a definition that have no value. */
class UnresolvedFlagsTest {

    private static final FlagContext LOCAL = FlagContext.of(PERSON).onlyEvaluateLocally();
    private static final String PERSISTED = defined("checkout", "true", ", 'ensure_experience_continuity': true");

    private final TestEvaluations test = TestEvaluations.of("flags.max-retries", "0");

    @Test
    @Tag("EVF-22")
    void eachReasonNamesTheFix() {
        test.define(String.join(",", defined("beta-ui", "true"), PERSISTED, definedForPro("pro"),
                filter("operator", "'key': 'plan', 'type': 'person', 'operator': 'unheard_of', 'value': 'pro'"),
                filter("top", "'key': 'pro', 'type': 'flag', 'operator': 'flag_evaluates_to', 'value': true, "
                        + "'dependency_chain': ['pro']"),
                filter("lost", "'key': 'gone', 'type': 'flag', 'operator': 'flag_evaluates_to', 'value': true, "
                        + "'dependency_chain': ['gone']"),
                "{'key': 'device', 'active': true, 'bucketing_identifier': 'device_id', 'filters': {'groups': "
                        + "[{'properties': [], 'rollout_percentage': 50}]}}",
                "{'key': 'group', 'active': true, 'filters': {'aggregation_group_type_index': 0, 'groups': "
                        + "[{'properties': [], 'rollout_percentage': 50}]}}"));

        FlagSnapshot flags = test.evaluate(LOCAL);

        assertThat(flags.keys()).contains("beta-ui").doesNotContain("checkout", "pro", "operator", "top", "device");
        assertThat(flags.unresolvedFlags()).contains(
                entry("checkout", UnresolvedFlagReason.EXPERIENCE_CONTINUITY),
                entry("pro", UnresolvedFlagReason.MISSING_CONTEXT),
                entry("operator", UnresolvedFlagReason.UNSUPPORTED_DEFINITION),
                entry("top", UnresolvedFlagReason.UNRESOLVED_DEPENDENCY),
                entry("device", UnresolvedFlagReason.MISSING_CONTEXT));
        assertThat(flags.unresolvedFlags()).doesNotContainKey("beta-ui");
        assertThatThrownBy(() -> flags.unresolvedFlags().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(flags.onlyAccessed().keys()).isEmpty();
        assertThat(test.postHog.requests).isEmpty();
        assertThat(test.exposures()).isEmpty();
    }

    @Test
    @Tag("EVF-22")
    void aFlagThatPostHogResolvesIsNotUnresolved() {
        test.define(PERSISTED);
        test.postHog.answers(FlagsStub.flags("checkout", "true"));

        FlagSnapshot flags = test.evaluate();

        assertThat(flags.isEnabled("checkout")).isTrue();
        assertThat(flags.unresolvedFlags()).isEmpty();
        assertThat(test.exposures().get(0).path("properties").has("$feature_flag_error")).isFalse();
    }

    @Test
    @Tag("EVF-22")
    void aFailedRequestLeavesTheFlagUnresolved() {
        test.define(PERSISTED);
        test.postHog.fails(new ProcessingException(new ConnectException("refused")));

        FlagSnapshot flags = test.evaluate();

        assertThat(flags.isEnabled("checkout")).isFalse();
        assertThat(flags.unresolvedFlags()).isEqualTo(Map.of("checkout", UnresolvedFlagReason.EXPERIENCE_CONTINUITY));
        assertThat(test.exposures().get(0).at("/properties/$feature_flag_error").asText())
                .isEqualTo("connection_error,local_evaluation_inconclusive");
    }

    @Test
    @Tag("EVF-22")
    void aKeyWithoutADefinitionIsMissing() {
        test.define(defined("beta-ui", "true"));

        FlagSnapshot flags = test.evaluate(LOCAL);
        flags.isEnabled("typo-flag");

        assertThat(flags.unresolvedFlags()).isEmpty();
        assertThat(test.exposures().get(0).at("/properties/$feature_flag_error").asText()).isEqualTo("flag_missing");
    }

    @Test
    @Tag("EVF-22")
    void aFlagThatIsNotRequestedIsNotUnresolved() {
        test.define(defined("beta-ui", "true") + "," + PERSISTED);

        assertThat(test.evaluate("beta-ui").unresolvedFlags()).isEmpty();
        assertThat(test.postHog.requests).isEmpty();
    }

    @Test
    @Tag("EVF-22")
    void anInactiveFlagIsOff() {
        test.define(PERSISTED.replace("'active': true", "'active': false"));

        FlagSnapshot flags = test.evaluate(LOCAL);

        assertThat(flags.keys()).containsExactly("checkout");
        assertThat(flags.unresolvedFlags()).isEmpty();
    }

    @Test
    @Tag("EVF-22")
    void aPartialSnapshotHasNoUnresolvedFlags() {
        test.define(defined("beta-ui", "true") + "," + PERSISTED);

        FlagSnapshot flags = test.evaluate(LOCAL);

        assertThat(flags.only("beta-ui", "checkout").unresolvedFlags()).isEmpty();
        assertThat(flags.onlyAccessed().unresolvedFlags()).isEmpty();
    }

    private static String filter(String key, String property) {
        return "{'key': '" + key + "', 'active': true, 'filters': {'groups': [{'properties': [{" + property + "}]}]}}";
    }
}
