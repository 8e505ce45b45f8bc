package io.quarkiverse.posthog.runtime.flags;

import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.PERSON;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.defined;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.definedForPro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagDetails;
import io.quarkiverse.posthog.flags.FlagDetails.ErrorCode;
import io.quarkiverse.posthog.flags.FlagDetails.Reason;
import io.quarkiverse.posthog.flags.FlagSnapshot;

/** Flag values by type, without conversions. */
class TypedFlagsTest {

    private final TestEvaluations test = TestEvaluations.of("flags.api-version", "3");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
            "true         | boolean | true      | none",
            "false        | boolean | false     | none",
            "null         | boolean | default   | none",
            "'compact'    | boolean | default   | TYPE_MISMATCH",
            "1            | boolean | default   | TYPE_MISMATCH",
            "'compact'    | string  | compact   | none",
            "false        | string  | default   | none",
            "null         | string  | default   | none",
            "true         | string  | default   | TYPE_MISMATCH",
            "12.5         | double  | 12.5      | none",
            "0            | double  | 0.0       | none",
            "'12'         | double  | default   | TYPE_MISMATCH",
            "true         | double  | default   | TYPE_MISMATCH",
            "false        | double  | default   | none",
            "25           | integer | 25        | none",
            "25.0         | integer | 25        | none",
            "0.25         | integer | default   | TYPE_MISMATCH",
            "3000000000   | integer | default   | TYPE_MISMATCH",
            "3000000000   | long    | 3000000000 | none",
            "1e30         | long    | default   | TYPE_MISMATCH",
            "1e-999999999 | long    | default   | TYPE_MISMATCH",
            "{'steps': 3} | object  | {steps=3} | none",
            "{}           | object  | {}        | none",
            "true         | object  | default   | TYPE_MISMATCH",
            "null         | object  | default   | none" }, quoteCharacter = '~')
    @Tag("TYP-1")
    void valuesAreNotConverted(String value, String type, String expected, String error) {
        test.postHog.answers("{'flags': {'f': {'value': " + value + "}}}");

        Object defaultValue = defaultValue(type);
        FlagDetails<?> details = details(test.evaluate(), "f", type);

        assertThat(details.value()).hasToString(expected.equals("default") ? defaultValue.toString() : expected);
        assertThat(details.errorCode().map(Enum::name).orElse(null)).isEqualTo(error);
        assertThat(details.errorMessage().isPresent()).isEqualTo(error != null);
        assertThat(details.reason() == Reason.ERROR).isEqualTo(error != null);
    }

    private static Object defaultValue(String type) {
        return switch (type) {
            case "boolean" -> true;
            case "string" -> "x";
            case "integer", "long" -> 10;
            case "double" -> 10.0;
            default -> Map.of("a", 1);
        };
    }

    private static FlagDetails<?> details(FlagSnapshot flags, String key, String type) {
        return switch (type) {
            case "boolean" -> flags.getBooleanDetails(key, true);
            case "string" -> flags.getStringDetails(key, "x");
            case "integer" -> flags.getIntegerDetails(key, 10);
            case "long" -> flags.getLongDetails(key, 10);
            case "double" -> flags.getDoubleDetails(key, 10);
            default -> flags.getObjectDetails(key, Map.of("a", 1));
        };
    }

    @Test
    @Tag("TYP-1")
    void theValueFormHasTheSameValue() {
        test.postHog.answers("{'flags': {'on': {'value': true}, 'copy': {'value': 'Hello'}, 'limit': {'value': 25}, "
                + "'config': {'value': {'steps': [1, 2.5, null, {'a': false}]}}}}");

        FlagSnapshot flags = test.evaluate();

        assertThat(flags.getBooleanValue("on", false)).isTrue();
        assertThat(flags.getStringValue("copy", "x")).isEqualTo("Hello");
        assertThat(flags.getIntegerValue("limit", 10)).isEqualTo(25);
        assertThat(flags.getLongValue("limit", 10)).isEqualTo(25L);
        assertThat(flags.getDoubleValue("limit", 10)).isEqualTo(25.0);
        Map<String, Object> config = flags.getObjectValue("config", Map.of());
        List<Object> steps = Arrays.asList(1, 2.5, null, Map.of("a", false));
        assertThat(config).isEqualTo(Map.of("steps", steps));
        assertThatThrownBy(config::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) config.get("steps")).clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(test.postHog.requests).hasSize(1);
    }

    @Test
    @Tag("TYP-2")
    void detailsHaveTheMetadataOfTheRule() {
        test.postHog.answers("""
                {'flags': {'checkout': {'value': true, 'reason': {'code': 'experiment_split', 'condition_index': 1},
                  'metadata': {'id': 123, 'version': 8, 'config_version': 2, 'rule_type': 'experiment', 'has_experiment': true,
                  'rule_id': '6bb788aa', 'experiment_id': 456.0, 'variant_key': 'test', 'payload': null}}}}""");

        FlagDetails<Boolean> details = test.evaluate().getBooleanDetails("checkout", false);

        assertThat(details.key()).isEqualTo("checkout");
        assertThat(details.value()).isTrue();
        assertThat(details.variant()).contains("test");
        assertThat(details.reason()).isEqualTo(Reason.SPLIT);
        assertThat(details.errorCode()).isEmpty();
        assertThat(details.flagMetadata()).containsExactly(entry("id", 123L), entry("version", 8), entry("config_version", 2),
                entry("reason_code", "experiment_split"), entry("condition_index", 1), entry("rule_type", "experiment"),
                entry("rule_id", "6bb788aa"), entry("experiment_id", 456L), entry("variant_key", "test"));
    }

    @ParameterizedTest
    @CsvSource({ "2,targeting_match,true,TARGETING_MATCH", "2,experiment_split,true,SPLIT", "2,rollout_miss,true,DEFAULT",
            "2,experiment_paused,true,DEFAULT", "2,holdout,true,DEFAULT", "2,no_rule_match,null,DEFAULT",
            "2,unheard_of,true,UNKNOWN", "1,condition_match,true,TARGETING_MATCH", "1,condition_match,\"a\",TARGETING_MATCH",
            "1,no_condition_match,false,DEFAULT", "1,flag_disabled,false,DISABLED" })
    @Tag("TYP-2")
    void reasonsAreThoseOfOpenFeature(int configVersion, String code, String value, Reason expected) {
        test.postHog.answers("{'flags': {'f': {'value': " + value + ", 'reason': {'code': '" + code
                + "'}, 'metadata': {'config_version': " + configVersion + "}}}}");

        boolean text = value.startsWith("\"");
        assertThat((text ? test.evaluate().getStringDetails("f", "x") : test.evaluate().getBooleanDetails("f", true)).reason())
                .isEqualTo(expected);
    }

    @Test
    @Tag("TYP-3")
    void flagsWithoutAValueHaveTheDefault() {
        test.postHog.answers("""
                {'flags': {
                  'failed': {'value': null, 'failed': true, 'metadata': {'config_version': 2},
                    'reason': {'code': 'dependency_error', 'description': 'Dependency could not be resolved'}},
                  'group': {'value': null, 'reason': {'code': 'missing_group_key'}, 'metadata': {'config_version': 2}},
                  'broken': {'value': []},
                  'healthy': {'value': 'Hello'}}, 'errorsWhileComputingFlags': true}""");

        FlagSnapshot flags = test.evaluate();

        FlagDetails<Boolean> failed = flags.getBooleanDetails("failed", true);
        assertThat(failed.value()).isTrue();
        assertThat(failed.errorCode()).contains(ErrorCode.GENERAL);
        assertThat(failed.errorMessage()).contains("Dependency could not be resolved");
        assertThat(failed.flagMetadata()).containsEntry("reason_code", "dependency_error");
        FlagDetails<Boolean> group = flags.getBooleanDetails("group", true);
        assertThat(group.value()).isTrue();
        assertThat(group.errorCode()).contains(ErrorCode.INVALID_CONTEXT);
        assertThat(flags.getStringDetails("broken", "x").errorCode()).contains(ErrorCode.PARSE_ERROR);
        assertThat(flags.getStringDetails("broken", "x").flagMetadata()).isEmpty();
        assertThat(flags.getStringDetails("healthy", "x").errorCode()).isEmpty();
        assertThat(flags.getStringDetails("typo", "x").value()).isEqualTo("x");
        assertThat(flags.getStringDetails("typo", "x").errorCode()).contains(ErrorCode.FLAG_NOT_FOUND);
        assertThat(flags.getStringDetails(null, "x").errorCode()).contains(ErrorCode.FLAG_NOT_FOUND);
    }

    @Test
    @Tag("TYP-4")
    void responsesOfVersion2AreReadAsVariantOrBoolean() {
        test.postHog
                .answers("{'flags': {'layout': {'enabled': true, 'variant': 'compact', 'reason': {'code': 'condition_match'}, "
                        + "'metadata': {'config_version': 2, 'rule_id': 'r', 'variant_key': 'arm'}}, "
                        + "'limit': {'enabled': true, 'metadata': {'payload': '25'}}}}");

        FlagSnapshot flags = test.evaluate();

        FlagDetails<String> layout = flags.getStringDetails("layout", "grid");
        assertThat(layout.value()).isEqualTo("compact");
        assertThat(layout.reason()).isEqualTo(Reason.TARGETING_MATCH);
        assertThat(layout.flagMetadata()).containsOnly(entry("config_version", 1), entry("reason_code", "condition_match"));
        FlagDetails<Integer> limit = flags.getIntegerDetails("limit", 10);
        assertThat(limit.value()).isEqualTo(10);
        assertThat(limit.errorCode()).contains(ErrorCode.TYPE_MISMATCH);
        assertThat(limit.errorMessage().orElseThrow()).contains("'limit'", "flags.api-version=3");
        assertThat(flags.payload("limit")).contains("25");
    }

    @Test
    @Tag("TYP-5")
    void locallyEvaluatedFlagsHaveTypes() {
        test.define(defined("layout", "compact") + "," + defined("on", "true") + ","
                + defined("disabled", "true").replace("'active': true", "'active': false") + "," + definedForPro("pro"));

        FlagSnapshot flags = test.evaluate(FlagContext.of(PERSON).onlyEvaluateLocally());

        FlagDetails<String> layout = flags.getStringDetails("layout", "grid");
        assertThat(layout.value()).isEqualTo("compact");
        assertThat(layout.reason()).isEqualTo(Reason.TARGETING_MATCH);
        assertThat(layout.flagMetadata()).containsEntry("config_version", 1).containsEntry("id", 7L);
        assertThat(flags.getBooleanValue("on", false)).isTrue();
        assertThat(flags.getBooleanDetails("layout", false).errorCode()).contains(ErrorCode.TYPE_MISMATCH);
        assertThat(flags.getBooleanDetails("disabled", true).value()).isFalse();
        assertThat(flags.getBooleanDetails("disabled", true).reason()).isEqualTo(Reason.DISABLED);
        assertThat(flags.getBooleanDetails("pro", true).errorMessage().orElseThrow()).contains("missing_context");
    }

    @Test
    @Tag("TYP-6")
    void aTypedAccessIsTheSameExposureAsAnyOther() {
        test.postHog.answers("{'flags': {'copy': {'value': 'Hello'}, 'limit': {'value': 25}, 'null': {'value': null}, "
                + "'other': {'value': true}}}");

        FlagSnapshot flags = test.evaluate();
        flags.getStringValue("copy", "Welcome");
        flags.value("copy");
        flags.getBooleanValue("copy", false);
        flags.getIntegerValue("limit", 10);
        flags.getStringValue("null", "Welcome");

        assertThat(flags.onlyAccessed().keys()).containsExactly("copy", "limit", "null");
        assertThat(test.exposures()).extracting(event -> event.at("/properties/$feature_flag_response").toString())
                .containsExactly("\"Hello\"", "true", "false");
        assertThat(test.exposures()).allMatch(event -> !event.path("properties").has("$feature_flag_error"));
    }

    @Test
    @Tag("TYP-6")
    void withoutAPersonATypedAccessIsNoExposure() {
        FlagSnapshot flags = test.evaluate(FlagContext.create());

        assertThat(flags.getBooleanDetails("checkout", true).errorCode()).contains(ErrorCode.FLAG_NOT_FOUND);
        assertThat(flags.getBooleanValue("checkout", true)).isTrue();
        assertThat(test.exposures()).isEmpty();
    }
}
