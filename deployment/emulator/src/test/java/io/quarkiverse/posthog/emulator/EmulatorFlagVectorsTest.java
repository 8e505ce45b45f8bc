package io.quarkiverse.posthog.emulator;

import static io.quarkiverse.posthog.emulator.FlagsClient.property;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.emulator.EmulatorClient.Answer;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser;

/** What clients find out by definitions is what the emulator answers, and what PostHog would. */
class EmulatorFlagVectorsTest extends EmulatorTestBase {

    private static final String VECTORS = "../../runtime/flags/src/test/resources/flags/";

    private FlagsClient flags;

    @BeforeAll
    void connect() {
        flags = new FlagsClient(client);
    }

    @ParameterizedTest
    @CsvFileSource(files = VECTORS + "hash-vectors.csv", numLinesToSkip = 1)
    void idsLandWhereTheyShould(String key, String given, String rollout, String variants, String rolloutHash,
            String rolloutNumber, String variantHash, String variantNumber, String expected) {
        flags.createWith(key, "'groups': [{'properties': [], 'rollout_percentage': " + rollout + "}], 'multivariate': "
                + (variants == null ? "null" : "{'variants': [" + shares(variants) + "]}"), "");

        String id = given == null ? "" : given;
        boolean somebody = given != null;
        assertThat(flags.value(key, id)).hasToString(somebody ? expected : "false");
        assertThat(local(key, EvaluationInput.of(id, minutesAgo(0)))).hasToString(somebody ? expected : "inconclusive");
    }

    @ParameterizedTest
    @CsvFileSource(files = VECTORS + "property-vectors.csv", numLinesToSkip = 1)
    void operatorsDecideAlike(String operator, String filter, String property) {
        flags.create("vector", property("key", operator, filter).replace("\"", "'"));
        boolean absent = property.equals("<absent>");

        Object answered = flags.value("vector", "ada",
                absent ? "" : ", 'person_properties': {'key': " + property + "}");
        Object found = local("vector", new EvaluationInput("ada", null, null,
                absent ? Map.of() : Map.of("key", tree(property)), null, InstantSource.fixed(minutesAgo(0))));

        // The emulator knows more
        assertThat(answered).isIn(true, false).isIn(found.equals("inconclusive") ? answered : found);
    }

    @ParameterizedTest
    @CsvFileSource(files = VECTORS + "service-vectors.csv", numLinesToSkip = 1)
    void operatorsDecideAsInPostHog(String operator, int version, String filter, String property, boolean expected) {
        client.control("PUT", "/settings", "{\"flags\": {\"propertyMatchingVersion\": " + version + "}}");
        flags.create("vector", property("key", operator, filter).replace("\"", "'"));

        assertThat(flags.value("vector", "ada", ", 'person_properties': {'key': " + property + "}")).isEqualTo(expected);
    }

    private Object local(String key, EvaluationInput input) {
        JsonNode definitions = client.fetch("/flags/definitions?token=phc_emulator").json();
        LocalResult result = new LocalEvaluator(FlagDefinitionsParser.parse(definitions)).evaluate(key, input);
        if (result instanceof Value value) {
            return value.variant() == null ? value.enabled() : value.variant();
        }
        return "inconclusive";
    }

    private static String shares(String variants) {
        return Arrays.stream(variants.split(";")).map(variant -> variant.split("="))
                .map(parts -> "{'key': '" + parts[0] + "', 'rollout_percentage': " + parts[1] + "}")
                .collect(Collectors.joining(","));
    }

    private static JsonNode tree(String json) {
        return new Answer(200, Map.of(), json).json();
    }
}
