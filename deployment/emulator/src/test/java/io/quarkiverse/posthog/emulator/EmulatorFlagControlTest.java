package io.quarkiverse.posthog.emulator;

import static io.quarkiverse.posthog.emulator.FlagsClient.evaluatesTo;
import static io.quarkiverse.posthog.emulator.FlagsClient.json;
import static io.quarkiverse.posthog.emulator.FlagsClient.property;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.emulator.EmulatorClient.Answer;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser;

/** Flags as tests want them. */
class EmulatorFlagControlTest extends EmulatorTestBase {

    private static final String DEFINITIONS = "/flags/definitions?token=phc_emulator";

    private FlagsClient flags;

    @BeforeAll
    void connect() {
        flags = new FlagsClient(client);
    }

    @ParameterizedTest
    @ValueSource(strings = { "true", "false", "'blue'" })
    void aFlagHasTheValueThatATestWants(String value) {
        flags.create("defined", property("plan", "exact", "'pro'"));
        Object expected = value.startsWith("'") ? "blue" : Boolean.valueOf(value);
        for (String key : List.of("defined", "made-up")) {
            set(key, "{'value': " + value + "}");

            assertThat(flags.value(key, "ada")).isEqualTo(expected);
            assertThat(flags.post("/flags/", "{'token': 'phc_emulator', 'distinct_id': 'ben'}").json()
                    .get("featureFlags").get(key).asText()).isEqualTo(expected.toString());
            assertThat(local(key)).isEqualTo(expected);
        }
    }

    @Test
    void aDefinedFlagStaysWhatItIsButForItsValue() {
        long id = flags.createWith("banner",
                "'groups': [{'properties': [], 'rollout_percentage': 0}], 'multivariate': {'variants':"
                        + " [{'key': 'blue', 'rollout_percentage': 100}]}, 'payloads': {'blue': {'size': 3}}",
                ", 'name': 'B'");
        flags.change(id, "{'active': false}");
        set("banner", "{'value': 'blue'}");

        JsonNode flag = flags.flags("ada", "").get("banner");
        assertThat(flag.at("/metadata/id").longValue()).isEqualTo(id);
        assertThat(flag.at("/metadata/version").intValue()).isEqualTo(2);
        assertThat(flag.at("/metadata/payload").textValue()).isEqualTo("{\"size\":3}");
        assertThat(client.get("/feature_flags/" + id + "/").json().get("active").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "none", value = { "{'a': 1}|{\"a\":1}", "7|7",
            "'text'|text", "null|none" })
    void aPayloadMayComeWithTheValue(String payload, String expected) {
        flags.createWith("a", "'groups': [{'properties': []}], 'payloads': {'true': 'its own'}", "");
        set("a", "{'value': true, 'payload': " + payload + "}");

        assertThat(flags.flags("ada", "").at("/a/metadata/payload").textValue()).isEqualTo(expected);
    }

    @Test
    void remoteConfigurationMayHaveAValueToo() {
        flags.createWith("config", "'groups': [{'properties': []}], 'payloads': {'true': 1}",
                ", 'is_remote_configuration': true, 'has_encrypted_payloads': true");
        set("config", "{'value': true, 'payload': 2}");

        assertThat(flags.flags("ada", "").at("/config/metadata/payload").textValue()).isEqualTo("2");
        assertThat(local("config")).isEqualTo(true);
    }

    @Test
    void flagsThatDependOnItFollow() {
        long base = flags.create("base", property("plan", "exact", "'pro'"));
        flags.create("upper", evaluatesTo(base, "true"));
        assertThat(flags.value("upper", "ada")).isEqualTo(false);

        set("base", "{'value': true}");
        assertThat(flags.value("upper", "ada")).isEqualTo(true);
        assertThat(local("upper")).isEqualTo(true);
    }

    @Test
    void aValueIsTakenBackAlone() {
        flags.create("a");
        set("a", "{'value': false}");
        set("b", "{'value': false}");
        assertThat(client.control("GET", "/flags", null).body()).isEqualTo(json("[{'key':'a','value':false},"
                + "{'key':'b','value':false}]"));

        client.control("DELETE", "/flags/a", null);

        assertThat(flags.value("a", "ada")).isEqualTo(true);
        assertThat(flags.value("b", "ada")).isEqualTo(false);
        client.control("DELETE", "/flags", null);
        assertThat(flags.value("b", "ada")).isNull();
    }

    @Test
    void aResetTakesBackAll() {
        set("a", "{'value': true}");
        client.control("PUT", "/settings", "{\"flags\": {\"quotaLimited\": true}}");
        client.control("POST", "/reset", null);

        assertThat(flags.flags("ada", "")).isEmpty();
        assertThat(client.control("GET", "/settings", null).json().at("/flags/quotaLimited").booleanValue())
                .isFalse();
    }

    @Test
    void testsThatRunAtTheSameTimeDoNotDisturbEachOther() {
        List<Integer> wrong = IntStream.range(0, 200).parallel().filter(number -> {
            String key = "flag-" + number;
            set(key, "{'value': 'v" + number + "'}");
            boolean right = ("v" + number).equals(flags.value(key, "ada"));
            client.control("DELETE", "/flags/" + key, null);
            return !right || flags.value(key, "ada") != null;
        }).boxed().toList();

        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = { "a|{}|'value' has to be",
            "a|{'value': 1}|'value' has to be", "a|{'value': ''}|'value' has to be",
            "a|{'value': true, 'variant': 'b'}|unknown field 'variant'",
            "a.b|{'value': true}|'a.b' is not a valid flag key" })
    void nonsenseIsNamed(String key, String body, String problem) {
        Answer answer = client.control("PUT", "/flags/" + key, json(body));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).contains(problem);
    }

    @Test
    void theQuotaMayBeUsedUp() {
        flags.create("a");
        client.control("PUT", "/settings", "{\"flags\": {\"quotaLimited\": true}}");

        JsonNode answer = flags.ask("ada", "").json();
        assertThat(answer.get("flags")).isEmpty();
        assertThat(answer.get("quotaLimited")).hasToString("[\"feature_flags\"]");
        assertThat(answer.get("errorsWhileComputingFlags").booleanValue()).isFalse();
        Answer definitions = client.fetch(DEFINITIONS);
        assertThat(definitions.status()).isEqualTo(402);
        assertThat(definitions.text("code")).isEqualTo("payment_required");
        assertThat(definitions.text("type")).isEqualTo("quota_limited");
    }

    @Test
    void aFlagMayFail() {
        flags.create("a");
        flags.create("b");
        client.control("PUT", "/settings", "{\"flags\": {\"failing\": [\"a\"]}}");

        JsonNode answer = flags.ask("ada", "").json();
        assertThat(answer.get("errorsWhileComputingFlags").booleanValue()).isTrue();
        assertThat(answer.at("/flags/a/failed").booleanValue()).isTrue();
        assertThat(answer.at("/flags/a/reason/code").textValue()).isEqualTo("database_error");
        assertThat(answer.at("/flags/b/enabled").booleanValue()).isTrue();
    }

    @Test
    void aFlagThatIsSwitchedOffCannotFail() {
        flags.change(flags.create("a"), "{'active': false}");
        client.control("PUT", "/settings", "{\"flags\": {\"failing\": [\"a\"]}}");

        assertThat(flags.flags("ada", "")).isEmpty();
    }

    @Test
    void anAnswerMayBeIncomplete() {
        flags.create("a");
        client.control("PUT", "/settings", "{\"flags\": {\"errorsWhileComputing\": true}}");

        JsonNode answer = flags.ask("ada", "").json();
        assertThat(answer.get("errorsWhileComputingFlags").booleanValue()).isTrue();
        assertThat(answer.at("/flags/a/enabled").booleanValue()).isTrue();
    }

    @Test
    void clientsMayBeToldToSendShortEvents() {
        assertThat(flags.ask("ada", "").json().has("minimalFlagCalledEvents")).isFalse();
        client.control("PUT", "/settings", "{\"flags\": {\"minimalCalledEvents\": true}}");

        assertThat(flags.ask("ada", "").json().get("minimalFlagCalledEvents").booleanValue()).isTrue();
        assertThat(client.fetch(DEFINITIONS).json().get("minimal_flag_called_events").booleanValue()).isTrue();
    }

    @Test
    void thePropertyMatchingVersionIsServedAndUsed() {
        flags.create("a", "{'key': 'plan', 'type': 'person', 'operator': 'exact', 'value': ['true', 'false']}");
        String person = ", 'person_properties': {'plan': 'true'}";
        assertThat(client.fetch(DEFINITIONS).json().get("property_matching_version").intValue()).isEqualTo(1);
        assertThat(flags.value("a", "ada", person)).isEqualTo(false);

        client.control("PUT", "/settings", "{\"flags\": {\"propertyMatchingVersion\": 2}}");

        assertThat(client.fetch(DEFINITIONS).json().get("property_matching_version").intValue()).isEqualTo(2);
        assertThat(flags.value("a", "ada", person)).isEqualTo(true);
        assertThat(client.control("PUT", "/settings", "{\"flags\": {\"propertyMatchingVersion\": 3}}").status()).isEqualTo(400);
    }

    @Test
    void settingsThatAreNotGivenStay() {
        client.control("PUT", "/settings", "{\"flags\": {\"failing\": [\"a\"], \"minimalCalledEvents\": true}}");
        client.control("PUT", "/settings", "{\"flags\": {\"errorsWhileComputing\": true}, \"cloud\": false}");

        assertThat(client.control("PUT", "/settings", "{}").json().get("flags")).hasToString(
                json("{'quotaLimited':false,'errorsWhileComputing':true,'failing':['a'],'minimalCalledEvents':true,'propertyMatchingVersion':1}"));
    }

    private void set(String key, String override) {
        Answer answer = client.control("PUT", "/flags/" + key, json(override));
        if (answer.status() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    /** What somebody gets who evaluates a flag by its definition. */
    private Object local(String key) {
        LocalEvaluator evaluator = new LocalEvaluator(FlagDefinitionsParser.parse(client.fetch(DEFINITIONS).json()));
        Value value = (Value) evaluator.evaluate(key, EvaluationInput.of("ada", minutesAgo(0)));
        return value.variant() == null ? (Object) value.enabled() : value.variant();
    }
}
