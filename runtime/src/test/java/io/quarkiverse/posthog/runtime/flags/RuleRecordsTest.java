package io.quarkiverse.posthog.runtime.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.flags.FlagDetails;
import io.quarkiverse.posthog.flags.FlagSnapshot;

/**
 * Flags of a response with ordered rules are read as PostHog's contract demands. A case starts with a complete flag, of which
 * it changes some fields.
 */
class RuleRecordsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The fields of the metadata that the rule of a reason has, and the index of the rule. */
    private static final Map<String, String> RULES = Map.ofEntries(
            Map.entry("release", "targeting_match|0|'rule_type': 'targeted_release', 'rule_id': 'r1'"),
            Map.entry("rollout", "targeting_match|0|'rule_type': 'percentage_rollout', 'rule_id': 'r1'"),
            Map.entry("split", "experiment_split|0|'rule_type': 'experiment', 'rule_id': 'r1', 'experiment_id': 301, "
                    + "'variant_key': 'arm_a'"),
            Map.entry("rollout_miss", "rollout_miss|0|'rule_type': 'percentage_rollout', 'rule_id': 'r1'"),
            Map.entry("experiment_miss", "rollout_miss|0|'rule_type': 'experiment', 'rule_id': 'r1', 'experiment_id': 301"),
            Map.entry("paused", "experiment_paused|0|'rule_type': 'experiment', 'rule_id': 'r1', 'experiment_id': 301"),
            Map.entry("holdout", "holdout|0|'rule_type': 'experiment', 'rule_id': 'r1', 'experiment_id': 301, "
                    + "'holdout_id': 401"),
            Map.entry("standalone", "targeting_match|0|'rule_type': 'experiment', 'rule_id': 'r1'"),
            Map.entry("standalone_miss", "rollout_miss|0|'rule_type': 'experiment', 'rule_id': 'r1'"),
            Map.entry("standalone_paused", "experiment_paused|0|'rule_type': 'experiment', 'rule_id': 'r1'"),
            Map.entry("standalone_holdout", "holdout|0|'rule_type': 'experiment', 'rule_id': 'r1'"),
            Map.entry("none", "no_rule_match|null|"));

    private final TestEvaluations test = TestEvaluations.of("flags.api-version", "3");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
            // Case | flag | changes | default | value | version of the rules | whether the split is complete | error
            "complete_split                      | split   |                                  | false | false    | 2 | true  | -",
            "partial_split_missing_config_version | split  | metadata.config_version=          | true  | false    | - | false | -",
            "partial_split_missing_rule_type     | split   | metadata.rule_type=              | true  | false    | 2 | false | -",
            "partial_split_missing_rule_id       | split   | metadata.rule_id=                | true  | false    | 2 | false | -",
            "partial_split_missing_experiment_id | split   | metadata.experiment_id=          | true  | false    | 2 | false | -",
            "partial_split_missing_variant_key   | split   | metadata.variant_key=            | true  | false    | 2 | false | -",
            "split_wrong_type_config_version     | split   | metadata.config_version='2'      | false | false    | - | false | PARSE_ERROR",
            "split_wrong_type_rule_type          | split   | metadata.rule_type=2             | false | false    | - | false | PARSE_ERROR",
            "split_wrong_type_rule_id            | split   | metadata.rule_id=3               | false | false    | - | false | PARSE_ERROR",
            "split_wrong_type_experiment_id      | split   | metadata.experiment_id='301'     | false | false    | - | false | PARSE_ERROR",
            "split_wrong_type_variant_key        | split   | metadata.variant_key=true        | false | false    | - | false | PARSE_ERROR",
            "wrong_rule_type_literal             | split   | metadata.rule_type='percentage_rollout' | false | false | 2 | false | -",
            "unknown_fields                      | split   | future=[]; reason.future=3; metadata.future='x' | false | false | 2 | true | -",
            "v3_value_takes_precedence           | split   | enabled=true; variant='other'    | false | false    | 2 | true  | -",
            "partial_split_string_value          | split   | value='copy'; metadata.variant_key= | false | 'copy' | 2 | false | -",
            "integral_json_number_context        | split   | metadata.config_version=2.0; metadata.experiment_id=301.0 | true | false | 2 | true | -",
            "targeting_match_targeted_release    | release |                                  | false | false    | 2 | false | -",
            "targeting_match_percentage_rollout  | rollout |                                  | false | false    | 2 | false | -",
            "rollout_miss_percentage_rollout     | rollout_miss |                             | false | false    | 2 | false | -",
            "rollout_miss_experiment             | experiment_miss |                          | false | false    | 2 | false | -",
            "experiment_paused                   | paused  |                                  | false | false    | 2 | false | -",
            "holdout                             | holdout |                                  | false | false    | 2 | false | -",
            "no_rule_match                       | none    |                                  | false | false    | 2 | false | -",
            "missing_group_key                   | none    | value=null; reason.code='missing_group_key' | false | false | 2 | false | INVALID_CONTEXT",
            "dependency_error                    | none    | value=null; failed=true; reason.code='dependency_error' | false | false | 2 | false | GENERAL",
            "error                               | none    | value=null; failed=true; reason.code='error' | false | false | 2 | false | GENERAL",
            "v1_at_v3                            | none    | value='compact'; reason.code='condition_match'; metadata.config_version=1; "
                    + "metadata.variant_key='compact'; metadata.payload='{}' | false | 'compact' | 1 | false | -",
            "old_server_variant                  | split   | value=; enabled=true; variant='compact'; reason.code='condition_match' "
                    + "| false | 'compact' | 1 | false | -",
            "old_server_boolean                  | split   | value=; enabled=true; reason.code='condition_match' | false | true  | 1 | false | -",
            "old_server_null_variant             | split   | value=; enabled=true; variant=null; reason.code='condition_match' "
                    + "| false | true | 1 | false | -",
            "old_server_false                    | split   | value=; enabled=false; reason.code='condition_match' | false | false | 1 | false | -" })
    @Tag("RFL-11")
    @Tag("TYP-3")
    void aFlagIsRead(String name, String flag, String changes, String otherwise, String value, Integer version, boolean split,
            String error) throws JsonProcessingException {
        test.postHog.answers("{'flags': {'f': " + changed(flag, changes) + ", 'healthy': {'value': true}}}");

        FlagSnapshot flags = test.evaluate();

        FlagDetails<?> details = value.startsWith("'") ? flags.getStringDetails("f", otherwise)
                : flags.getBooleanDetails("f", Boolean.parseBoolean(otherwise));
        assertThat(details.value()).hasToString(value.replace("'", ""));
        assertThat(details.errorCode().map(Enum::name).orElse(null)).isEqualTo(error);
        assertThat(details.flagMetadata().get("config_version")).isEqualTo(version);
        assertThat(flags.getBooleanValue("healthy", false)).isTrue();
        JsonNode exposure = test.exposures().get(0).path("properties");
        assertThat(exposure.has("$feature_flag_variant")).isEqualTo(split);
    }

    /** The rule is in an exposure with exactly the metadata that PostHog requires and permits for its reason. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', value = {
            "release            |                           | true", "rollout            |                           | true",
            "split              |                           | true", "rollout_miss       |                           | true",
            "experiment_miss    |                           | true", "paused             |                           | true",
            "holdout            |                           | true", "standalone         |                           | true",
            "standalone_miss    |                           | true", "standalone_paused  |                           | true",
            "standalone_holdout |                           | true", "none               |                           | false",
            "release            | metadata.rule_type=       | false", "release            | metadata.rule_id=         | false",
            "rollout            | metadata.rule_id=         | false", "split              | metadata.experiment_id=   | false",
            "split              | metadata.variant_key=     | false", "split              | metadata.rule_id=         | false",
            "experiment_miss    | metadata.rule_id=         | false", "paused             | metadata.rule_type=       | false",
            "holdout            | metadata.holdout_id=      | false", "holdout            | metadata.experiment_id=   | false",
            "standalone         | metadata.experiment_id=301 | false", "standalone        | metadata.rule_id=         | false",
            "standalone_holdout | metadata.experiment_id=301 | false",
            "standalone_holdout | metadata.holdout_id=401  | false" })
    @Tag("TRK-11")
    void anExposureHasACompleteRuleOrNone(String flag, String changes, boolean complete) throws JsonProcessingException {
        test.postHog.answers("{'flags': {'f': " + changed(flag, changes) + "}}");

        test.evaluate().isEnabled("f");

        JsonNode metadata = JSON.readTree(changed(flag, changes)).path("metadata");
        JsonNode exposure = test.exposures().get(0).path("properties");
        assertThat(exposure.has("$feature_flag_rule_id")).isEqualTo(complete);
        assertThat(exposure.has("$feature_flag_experiment_id")).isEqualTo(complete && metadata.has("experiment_id"));
        assertThat(exposure.has("$feature_flag_variant")).isEqualTo(complete && metadata.has("variant_key"));
        assertThat(exposure.has("$feature_flag_holdout_id")).isEqualTo(complete && metadata.has("holdout_id"));
        assertThat(exposure.path("$feature_flag_config_version").asInt()).isEqualTo(2);
    }

    /** @param changes fields with JSON, separated by semicolons; a field without JSON is removed */
    private static String changed(String flag, String changes) throws JsonProcessingException {
        String[] rule = RULES.get(flag).split("\\|", -1);
        ObjectNode json = (ObjectNode) JSON.readTree(("{'key': 'f', 'value': false, 'reason': {'code': '" + rule[0]
                + "', 'condition_index': " + rule[1] + "}, 'metadata': {'id': 201, 'version': 7, 'config_version': 2, "
                + "'has_experiment': false, 'payload': null" + (rule[2].isEmpty() ? "" : ", " + rule[2]) + "}}")
                .replace('\'', '"'));
        for (String change : changes == null ? new String[0] : changes.split("; ")) {
            String[] parts = change.strip().split("=", 2);
            String[] path = parts[0].split("\\.");
            ObjectNode parent = path.length == 1 ? json : (ObjectNode) json.get(path[0]);
            String field = path[path.length - 1];
            if (parts[1].isEmpty()) {
                parent.remove(field);
            } else {
                parent.set(field, JSON.readTree(parts[1].replace('\'', '"')));
            }
        }
        return json.toString();
    }
}
