package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser;

/** Operators give the results of PostHog's service, for both property matching versions. */
class ServiceVectorsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TABLE_SIZE = 300;

    static Stream<Map<String, String>> serviceVectors() {
        return Csv.rows("/flags/service-vectors.csv").stream();
    }

    static Stream<Map<String, String>> matchingCases() {
        return cases().stream();
    }

    private static List<Map<String, String>> cases() {
        return Csv.rows("/flags/matching-cases.csv");
    }

    @ParameterizedTest
    @MethodSource("serviceVectors")
    @Tag("LFO-13")
    void vectorsOfTheService(Map<String, String> row) throws JsonProcessingException {
        Object expected = row.get("service");

        assertThat(result(row, false)).hasToString(expected.toString());
        assertThat(result(row, true)).as("with complete input").hasToString(expected.toString());
    }

    @Test
    void theTableHasAllOperatorsInBothVersions() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(TABLE_SIZE);
    }

    /** The column "local" is empty if it is the same as that of the service. */
    @ParameterizedTest
    @MethodSource("matchingCases")
    @Tag("LFO-13")
    void tableOfCases(Map<String, String> row) throws JsonProcessingException {
        String service = row.get("service");
        String local = row.get("local").isEmpty() ? service : row.get("local");
        boolean bothVersions = row.get("property_matching_version").equals("1 and 2");
        for (String version : bothVersions ? List.of("1", "2") : List.of(row.get("property_matching_version"))) {
            Map<String, String> one = new HashMap<>(row);
            one.put("property_matching_version", version);

            assertThat(result(one, false)).as("local evaluation, version " + version).hasToString(local);
            assertThat(result(one, true)).as("complete input, version " + version).hasToString(service);
        }
    }

    private static Object result(Map<String, String> row, boolean complete) throws JsonProcessingException {
        String definitions = "{\"property_matching_version\": " + row.get("property_matching_version")
                + ", \"flags\": [{\"key\": \"a\", \"active\": true, \"filters\": {\"groups\": [{\"properties\": [{\"key\": \"key\","
                + " \"type\": \"person\", \"operator\": \"" + row.get("operator") + "\", \"value\": " + row.get("filter_value")
                + "}]}]}}]}";
        Map<String, Object> properties = new HashMap<>();
        if (!row.get("property_value").equals("<absent>")) {
            properties.put("key", JavaValues.parse(JSON, row.get("property_value")));
        }
        EvaluationInput input = new EvaluationInput("user-1", null, null, properties, null, InstantSource.fixed(NOW), complete,
                null);
        return outcome(new LocalEvaluator(FlagDefinitionsParser.parse(definitions.getBytes(StandardCharsets.UTF_8))), "a",
                input);
    }
}
