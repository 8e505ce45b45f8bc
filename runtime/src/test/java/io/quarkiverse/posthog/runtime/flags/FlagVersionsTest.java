package io.quarkiverse.posthog.runtime.flags;

import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.defined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.runtime.capture.LogLines;

/** The versions of flag responses. */
class FlagVersionsTest {

    private static final String OF_VERSION_2 = defined("limit", "true").replace("'groups'", "'version': 2, 'groups'");

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.flags");

    private final TestEvaluations typed = TestEvaluations.of("flags.api-version", "3", "flags.max-retries", "0");
    private final TestEvaluations usual = TestEvaluations.of("flags.max-retries", "0");

    @Test
    @Tag("RFL-10")
    void theVersionIsConfigured() {
        typed.evaluate();
        usual.evaluate();

        assertThat(typed.postHog.versions).containsExactly(3);
        assertThat(usual.postHog.versions).containsExactly(2);
        assertThatThrownBy(() -> TestEvaluations.of("flags.api-version", "4")).hasMessageContaining("flags.api-version")
                .hasMessageContaining("2 or 3");
    }

    @Test
    @Tag("RFL-10")
    void aDefinitionCanRequireVersion3() {
        usual.define(defined("beta-ui", "true"));
        usual.evaluate("unknown");
        usual.define(defined("beta-ui", "true") + "," + OF_VERSION_2);
        usual.postHog.answers("{'flags': {'limit': {'value': 25}}}");

        assertThat(usual.evaluate().payload("limit")).contains("25");
        assertThat(usual.postHog.versions).containsExactly(2, 3);
    }

    @Test
    @Tag("RFL-10")
    void responsesOfDifferentVersionsAreNotSharedThroughTheCache() {
        TestEvaluations cached = TestEvaluations.of("flags.cache.ttl", "1m");
        cached.postHog.answers(FlagsStub.flags("limit", "true"));
        cached.evaluate();
        cached.evaluate();
        cached.define(OF_VERSION_2);
        cached.evaluate();

        assertThat(cached.postHog.versions).containsExactly(2, 3);
    }

    @Test
    @Tag("RFL-10")
    void aResponseOfVersion2IsUsedAndLoggedOnce() {
        typed.postHog.answers(FlagsStub.flags("beta-ui", "true", "checkout", "blue"));

        assertThat(typed.evaluate().value("checkout")).contains(FlagValue.of("blue"));
        assertThat(typed.evaluate().isEnabled("beta-ui")).isTrue();

        assertThat(typed.postHog.requests).hasSize(2);
        assertThat(log.lines()).singleElement().asString().startsWith("INFO PostHog account 'default': version 3");
    }

    @Test
    @Tag("RFL-11")
    void typedValuesHaveTheirUsualForm() {
        typed.postHog.answers("""
                {'flags': {
                  'on': {'key': 'on', 'value': true, 'metadata': {'payload': '[1]'}},
                  'off': {'key': 'off', 'value': false},
                  'layout': {'key': 'layout', 'value': 'compact', 'metadata': {'payload': '{}', 'variant_key': 'compact'}},
                  'limit': {'key': 'limit', 'value': 25, 'metadata': {'payload': null, 'config_version': 2}},
                  'config': {'key': 'config', 'value': {'steps': 3.5}},
                  'copy': {'key': 'copy', 'value': null, 'reason': {'code': 'no_rule_match', 'condition_index': null}}}}""");

        FlagSnapshot flags = typed.evaluate();

        assertThat(flags.value("on")).contains(FlagValue.ON);
        assertThat(flags.payload("on")).contains("[1]");
        assertThat(flags.value("off")).contains(FlagValue.OFF);
        assertThat(flags.value("layout")).contains(FlagValue.of("compact"));
        assertThat(flags.payload("layout")).contains("{}");
        assertThat(flags.value("limit")).contains(FlagValue.ON);
        assertThat(flags.payload("limit", Integer.class)).contains(25);
        assertThat(flags.value("config")).contains(FlagValue.ON);
        assertThat(flags.payload("config")).contains("{\"steps\":3.5}");
        assertThat(flags.isEnabled("copy", true)).isFalse();
        assertThat(flags.payload("copy")).isEmpty();
        assertThat(flags.result("copy").orElseThrow().reason().orElseThrow().code()).isEqualTo("no_rule_match");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @Tag("RFL-11")
    void theTypedValueTakesPrecedence() {
        typed.postHog.answers("{'flags': {'layout': {'value': false, 'enabled': true, 'variant': 'wrong-channel'}}}");

        assertThat(typed.evaluate().value("layout")).contains(FlagValue.OFF);
    }

    @Test
    @Tag("RFL-11")
    void aMalformedFlagDoesNotAffectOthers() {
        typed.postHog.answers("""
                {'flags': {'array': {'value': []}, 'infinite': {'value': 1e999}, 'text': 'compact', 'null': null,
                  'reason': {'value': true, 'reason': 3}, 'id': {'value': true, 'metadata': {'id': '7'}},
                  'version': {'value': true, 'metadata': {'config_version': 1.5}}, 'failed': {'value': true, 'failed': 1},
                  'rule': {'value': true, 'metadata': {'rule_id': 3}}, 'old': {'enabled': 'yes'},
                  'healthy': {'value': 'Hello', 'future': [], 'metadata': {'config_version': 2.0, 'future': 1}}}}""");

        FlagSnapshot flags = typed.evaluate();

        assertThat(flags.keys()).containsExactly("healthy");
        assertThat(flags.variant("healthy")).contains("Hello");
    }

    @Test
    @Tag("RFL-4")
    void aFailedFlagHasNoValue() {
        typed.postHog.answers("{'flags': {'a': {'value': null, 'failed': true, 'reason': {'code': 'dependency_error'}}},"
                + " 'errorsWhileComputingFlags': true}");

        FlagSnapshot flags = typed.evaluate();

        assertThat(flags.value("a")).isEmpty();
        assertThat(flags.isEnabled("a", true)).isTrue();
        assertThat(flags.errors()).containsExactly(FlagError.ERRORS_WHILE_COMPUTING_FLAGS);
    }
}
