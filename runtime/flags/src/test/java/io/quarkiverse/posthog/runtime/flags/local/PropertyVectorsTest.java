package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flag;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flags;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.outcome;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.person;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Operators decide as PostHog does, and as its libraries do. */
class PropertyVectorsTest {

    private static final String PYTHON = "posthog_python_local";
    private static final String SERVICE = "flags_service_model";

    /** The expected result if the columns differ, or if PostHog's service decides differently than both of them. */
    private static final Map<String, String> DECISIONS = Map.ofEntries(
            Map.entry("is_set null null", "true"),
            Map.entry("is_not_set null \"x\"", "false"),
            Map.entry("lt \"30\" \"100\"", "false"),
            Map.entry("gt \"123aloha\" \"123\"", "inconclusive"),
            Map.entry("between [1, 10] 5", "true"),
            Map.entry("not_between [1, 10] 11", "true"),
            Map.entry("icontains_multi [\"foo\", \"bar\"] \"xBARx\"", "true"),
            Map.entry("is_date_exact \"2022-05-01\" \"2022-05-01\"", "true"),
            Map.entry("gt 1 null", "inconclusive"),
            Map.entry("is_date_before \"2022-05-01\" 1", "true"),
            Map.entry("is_date_before \"10000d\" \"2022-05-01\"", "false"),
            Map.entry("semver_eq \"1.2.3\" \"01.2.3\"", "true"),
            Map.entry("semver_eq \"1.2.3\" \"1.2.3.4\"", "false"));

    static Stream<Map<String, String>> rows() {
        return Csv.rows("/flags/property-vectors.csv").stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    @Tag("LFO-11")
    void operatorsDecideAsTheyShould(Map<String, String> row) throws JsonProcessingException {
        String given = row.get("property_value");
        Map<String, Object> properties = new HashMap<>();
        if (!given.equals("<absent>")) {
            properties.put("key", new ObjectMapper().readValue(given, Object.class));
        }
        LocalEvaluator flags = flags(flag("vector", "{'key': 'key', 'type': 'person', 'operator': '" + row.get("operator")
                + "', 'value': " + row.get("filter_value") + "}"));

        assertThat(outcome(flags, "vector", person("user-1", properties)).toString()).isEqualTo(expected(row));
    }

    private static String expected(Map<String, String> row) {
        String decided = DECISIONS
                .get(row.get("operator") + " " + row.get("filter_value") + " " + row.get("property_value"));
        if (decided != null) {
            return decided;
        }
        String service = row.get(SERVICE).replace(" (error)", "");
        assertThat(service).as("not decided").isIn("", row.get(PYTHON));
        return row.get(PYTHON);
    }
}
