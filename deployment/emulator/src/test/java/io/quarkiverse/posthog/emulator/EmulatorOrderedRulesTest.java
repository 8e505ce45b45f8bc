package io.quarkiverse.posthog.emulator;

import static io.quarkiverse.posthog.emulator.FlagsClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.EmulatorClient.Answer;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser;

/** Flags with ordered rules are stored, evaluated and delivered as in PostHog. */
@Tag("EMU-5")
class EmulatorOrderedRulesTest extends EmulatorTestBase {

    private static final String EVERYBODY = "'targeting': {'properties': []}";
    private static final String RELEASE = "'rule_type': 'targeted_release', " + EVERYBODY;
    private static final String ROLLOUT = "'rule_type': 'percentage_rollout', " + EVERYBODY
            + ", 'assignment_algorithm': 'sha1_60_v1', 'on_rollout_miss': 'return_default'";
    private static final String EXPERIMENT = "'rule_type': 'experiment', " + EVERYBODY
            + ", 'assignment_algorithm': 'sha1_60_v1', 'on_rollout_miss': 'return_default', 'experiment_id': null,"
            + " 'variants': [{'key': 'a', 'weight': 100, 'value': 'A'}, {'key': 'b', 'weight': 0, 'value': 'B'}]";

    private FlagsClient flags;

    @BeforeAll
    void connect() {
        flags = new FlagsClient(client);
    }

    @Test
    void theServerAssignsIdsAndSeeds() {
        JsonNode created = create("string", "'off'", "{" + RELEASE + ", 'value': 'x'}",
                "{" + EXPERIMENT + ", 'paused': false, 'rollout_percentage': 50, "
                        + "'holdout': {'id': null, 'exclusion_percentage': 5}}");

        assertThat(created.get("active").booleanValue()).isFalse();
        JsonNode rules = created.at("/filters/rules");
        assertThat(rules.get(0).get("id").textValue()).hasSize(36).isNotEqualTo(rules.get(1).get("id").textValue());
        assertThat(rules.get(0).has("seed")).isFalse();
        assertThat(rules.get(1).get("seed").textValue()).isNotEmpty();
        assertThat(rules.get(1).at("/holdout/seed").textValue()).isNotEmpty();
    }

    @Test
    void anUpdateReplacesTheRulesAndKeepsIdsAndSeeds() {
        JsonNode created = create("string", "'off'", "{" + ROLLOUT + ", 'rollout_percentage': 50, 'value': 'x'}",
                "{" + EXPERIMENT + ", 'paused': false, 'rollout_percentage': 50}");
        ObjectNode filters = created.get("filters").deepCopy();
        JsonNode second = filters.get("rules").get(1);
        ObjectNode kept = second.deepCopy();
        kept.remove("seed");
        filters.putArray("rules").add(kept).add(tree("{" + RELEASE + ", 'value': 'new'}"));

        Answer changed = patch(created, "{\"version\": 1, \"filters\": " + filters + "}");

        assertThat(changed.status()).isEqualTo(200);
        JsonNode rules = changed.json().at("/filters/rules");
        assertThat(rules).hasSize(2);
        assertThat(rules.get(0)).isEqualTo(second);
        assertThat(rules.get(1).get("id").textValue()).hasSize(36);
        assertThat(changed.json().get("version").intValue()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "string  | 'off'  | {RELEASE, 'value': 'x'}                              | 'x'        | targeting_match",
            "number  | 0      | {RELEASE, 'value': 12.5}                             | 12.5       | targeting_match",
            "object  | null   | {RELEASE, 'value': {'a': [1]}}                       | {'a': [1]} | targeting_match",
            "boolean | false  | {ROLLOUT, 'rollout_percentage': 100, 'value': true}  | true       | targeting_match",
            "boolean | null   | {ROLLOUT, 'rollout_percentage': 0, 'value': true}    | null       | rollout_miss",
            "number  | 3      |                                                      | 3          | no_rule_match",
            "string  | 'off'  | {EXPERIMENT, 'paused': true, 'rollout_percentage': 9} | 'off'     | experiment_paused",
            "string  | 'off'  | {EXPERIMENT, 'paused': false, 'rollout_percentage': 100} | 'A'    | targeting_match",
            "string  | 'off'  | {EXPERIMENT, 'paused': false, 'rollout_percentage': 0}   | 'off'  | rollout_miss",
            "string  | 'off'  | {EXPERIMENT, 'paused': false, 'rollout_percentage': 0, 'holdout': {'id': null, "
                    + "'exclusion_percentage': 100}} | 'off' | holdout" })
    void valuesHaveTheirTypeTheirReasonAndTheirRule(String type, String otherwise, String rule, String value, String reason) {
        String given = rule == null ? ""
                : rule.replace("RELEASE", RELEASE).replace("ROLLOUT", ROLLOUT).replace("EXPERIMENT", EXPERIMENT);
        JsonNode flag = enable(rule == null ? create(type, otherwise) : create(type, otherwise, given));

        JsonNode typed = evaluate(3);

        boolean matched = !reason.equals("no_rule_match");
        assertThat(typed.get("value")).isEqualTo(tree(value));
        assertThat(typed.at("/reason/code").textValue()).isEqualTo(reason);
        assertThat(typed.at("/reason/condition_index").isNull()).isNotEqualTo(matched);
        JsonNode metadata = typed.get("metadata");
        Set<String> names = new TreeSet<>(Set.of("id", "version", "config_version", "payload", "has_experiment"));
        if (matched) {
            names.addAll(Set.of("rule_type", "rule_id"));
            assertThat(metadata.get("rule_id")).isEqualTo(flag.at("/filters/rules/0/id"));
            assertThat(metadata.get("rule_type")).isEqualTo(flag.at("/filters/rules/0/rule_type"));
        }
        assertThat(metadata.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(names);
        assertThat(metadata.get("config_version").intValue()).isEqualTo(2);
        assertThat(metadata.get("payload").isNull()).isTrue();
        assertThat(locally().rule().value()).isEqualTo(typed.get("value"));
        assertThat(locally().reason().code()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', value = {
            "string  | 'x'      | true  | x | -",
            "number  | 12.5     | true  | - | 12.5",
            "object  | {'a': 1} | true  | - | {'a':1}",
            "boolean | true     | true  | - | -",
            "boolean | false    | false | - | -" })
    void olderVersionsHaveNoTypes(String type, String value, boolean enabled, String variant, String payload) {
        enable(create(type, "null", "{" + RELEASE + ", 'value': " + value + "}"));

        JsonNode flag = evaluate(2);

        assertThat(flag.get("enabled").booleanValue()).isEqualTo(enabled);
        assertThat(flag.get("variant").textValue()).isEqualTo(variant);
        assertThat(flag.at("/metadata/payload").textValue()).isEqualTo(payload == null ? null : json(payload));
        assertThat(flag.at("/reason/code").textValue()).isEqualTo("condition_match");
        assertThat(flag.at("/reason/condition_index").intValue()).isZero();
        assertThat(flag.get("metadata").has("rule_id")).isFalse();
    }

    @Test
    void aFilterThatCannotBeEvaluatedFailsTheFlag() {
        enable(create("boolean", "true", "{'rule_type': 'targeted_release', 'targeting': {'properties': [{'type': 'person', "
                + "'key': 'age', 'operator': 'gt', 'value': 5}]}, 'value': true}"));
        flags.identify("ada", "{'age': 'old'}");

        JsonNode typed = flags.post("/flags/?v=3", "{'token': 'phc_emulator', 'distinct_id': 'ada'}").json();

        assertThat(typed.get("errorsWhileComputingFlags").booleanValue()).isTrue();
        assertThat(typed.at("/flags/ordered/value").isNull()).isTrue();
        assertThat(typed.at("/flags/ordered/failed").booleanValue()).isTrue();
        assertThat(typed.at("/flags/ordered/reason/code").textValue()).isEqualTo("error");
        assertThat(typed.at("/flags/ordered/reason/condition_index").isNull()).isTrue();
        assertThat(evaluate(2).at("/reason/code").textValue()).isEqualTo("flag_evaluation_error");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', value = {
            "'active': true, 'filters': FILTERS | invalid_input | active",
            "'is_remote_configuration': false, 'filters': FILTERS | invalid_input | is_remote_configuration",
            "'filters': {'version': 3, 'rules': []} | reserved_config_version | filters",
            "'filters': {'version': 2} | required | filters__return_type",
            "'filters': {'version': 2, 'return_type': 'date', 'default_value': null, 'rules': []} | invalid_input "
                    + "| filters__return_type",
            "'filters': {'version': 2, 'return_type': 'string', 'default_value': '$true', 'rules': []} | invalid_input "
                    + "| filters__default_value",
            "'filters': {'version': 2, 'return_type': 'string', 'default_value': null, 'rules': [], 'x': 1} | unknown_field "
                    + "| filters__x" })
    void aFlagIsRejected(String members, String code, String attribute) {
        String filters = "{'version': 2, 'return_type': 'boolean', 'default_value': null, 'rules': []}";

        assertError(client.post("/feature_flags/", json("{'key': 'ordered', " + members.replace("FILTERS", filters) + "}")),
                code, attribute);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{RELEASE}                                                | required      | __value",
            "{RELEASE, 'value': 3}                                    | invalid_input | __value",
            "{RELEASE, 'value': 'x', 'seed': 's'}                     | unknown_field | __seed",
            "{RELEASE, 'value': 'x', 'id': '0'}                       | invalid_input | __id",
            "{ROLLOUT, 'value': 'x', 'rollout_percentage': 50, 'seed': 's'} | invalid_input | __seed",
            "{ROLLOUT, 'value': 'x', 'rollout_percentage': 50.123}    | invalid_input | __rollout_percentage",
            "{EXPERIMENT, 'paused': 1, 'rollout_percentage': 50}      | invalid_input | __paused",
            "{'rule_type': 'targeted_release', 'value': 'x', 'targeting': {'properties': [{'type': 'person', 'key': 'a', "
                    + "'operator': 'regex', 'value': '['}]}} | invalid_input | __targeting__properties__0__value",
            "{'rule_type': 'targeted_release', 'value': 'x', 'targeting': {'properties': [{'type': 'cohort', 'key': 'id', "
                    + "'value': 1}]}} | unsupported | __targeting__properties__0__type",
            "7                                                        | invalid_input | ''" })
    void aRuleIsRejected(String rule, String code, String attribute) {
        String given = rule.replace("RELEASE", RELEASE).replace("ROLLOUT", ROLLOUT).replace("EXPERIMENT", EXPERIMENT);

        assertError(client.post("/feature_flags/", body("string", "null", given)), code,
                "filters__rules__0" + attribute.replace("''", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'active': true}                        | required      | version",
            "{'version': 1, 'archived': true}        | invalid_input | archived",
            "{'version': 1, 'deleted': false}        | invalid_input | deleted",
            "{'version': 1, 'filters': {}}           | invalid_input | filters",
            "{'version': 1, 'filters': null}         | invalid_input | filters",
            "{'version': 1, 'filters': {'version': 2, 'return_type': 'number', 'default_value': null, 'rules': []}} "
                    + "| invalid_input | filters__return_type" })
    void anUpdateIsRejected(String patch, String code, String attribute) {
        JsonNode flag = create("boolean", "null");

        assertError(patch(flag, json(patch)), code, attribute);
    }

    @Test
    void anUpdateOfAnotherVersionIsAConflict() {
        JsonNode flag = create("boolean", "null");
        patch(flag, json("{'version': 1, 'name': 'Renamed'}"));

        Answer second = patch(flag, json("{'version': 1, 'name': 'Other'}"));

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text("code")).isEqualTo("conflict");
    }

    @Test
    void aFlagIsDisabledAndDeletedWithItsVersion() {
        JsonNode flag = enable(create("boolean", "null", "{" + RELEASE + ", 'value': true}"));

        JsonNode deleted = patch(flag, json("{'version': 2, 'deleted': true}")).json();

        assertThat(deleted.get("active").booleanValue()).isFalse();
        assertThat(evaluate(3).isMissingNode()).isTrue();
    }

    @Test
    void anotherFlagCannotBecomeOneNorDependOnOne() {
        JsonNode ordered = create("boolean", "null");
        long other = flags.create("other");

        Answer converted = client.patch("/feature_flags/" + other + "/", json(
                "{'filters': {'version': 2, 'return_type': 'boolean', 'default_value': null, 'rules': []}}"));
        assertError(converted, "reserved_config_version", "filters");
        Answer dependent = client.post("/feature_flags/", json("{'key': 'dependent', 'filters': {'groups': [{'properties': ["
                + FlagsClient.evaluatesTo(ordered.get("id").longValue(), "true") + "]}]}}"));
        assertError(dependent, "unsupported_dependency_config_version", "filters");
    }

    private static void assertError(Answer answer, String code, String attribute) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("code")).as(answer.body()).isEqualTo(code);
        assertThat(answer.text("attr")).isEqualTo(attribute);
    }

    private static JsonNode tree(String json) {
        return new Answer(200, Map.of(), json(json)).json();
    }

    private static String body(String type, String otherwise, String... rules) {
        return json("{'key': 'ordered', 'filters': {'version': 2, 'return_type': '" + type + "', 'default_value': " + otherwise
                + ", 'rules': [" + String.join(",", rules) + "]}}");
    }

    private JsonNode create(String type, String otherwise, String... rules) {
        Answer answer = client.post("/feature_flags/", body(type, otherwise, rules));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private Answer patch(JsonNode flag, String patch) {
        return client.patch("/feature_flags/" + flag.get("id") + "/", patch);
    }

    private JsonNode enable(JsonNode flag) {
        Answer answer = patch(flag, "{\"active\": true, \"version\": " + flag.get("version") + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode evaluate(int version) {
        return flags.post("/flags/?v=" + version, "{'token': 'phc_emulator', 'distinct_id': 'ada'}").json()
                .at("/flags/ordered");
    }

    /** Evaluates with the definitions that the emulator delivers. */
    private Value locally() {
        JsonNode definitions = client.fetch("/flags/definitions?token=phc_emulator").json();
        return (Value) new LocalEvaluator(FlagDefinitionsParser.parse(definitions)).evaluate("ordered",
                EvaluationInput.of("ada", minutesAgo(0)));
    }
}
