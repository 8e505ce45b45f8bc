package io.quarkiverse.posthog.runtime.flags.local;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Value;
import io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser;

/** Definitions in a shorter notation: JSON with single quotes. */
final class TestFlags {

    static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

    private TestFlags() {
    }

    /** A flag that is on for everybody whom all of these filters match. */
    static String flag(String key, String... properties) {
        return ruled(key, "'groups': [" + condition("", properties) + "]");
    }

    /** @param filters the members of its filters */
    static String ruled(String key, String filters) {
        return "{'id': 7, 'key': '" + key + "', 'active': true, 'filters': {" + filters + "}}";
    }

    /** @param more further members; each ends with a comma */
    static String condition(String more, String... properties) {
        return "{" + more + "'properties': [" + String.join(",", properties) + "]}";
    }

    static String property(String key, String operator, String value) {
        return "{'key': '" + key + "', 'type': 'person', 'operator': '" + operator + "', 'value': " + value + "}";
    }

    static String member(String cohort, String operator) {
        return "{'key': 'id', 'type': 'cohort', 'operator': '" + operator + "', 'value': " + cohort + "}";
    }

    /** @param chain keys, the flag itself last */
    static String evaluatesTo(String key, String value, String... chain) {
        return "{'key': '" + key + "', 'type': 'flag', 'operator': 'flag_evaluates_to', 'value': " + value
                + ", 'dependency_chain': ['" + String.join("','", chain) + "']}";
    }

    static LocalEvaluator flags(String... flags) {
        return withCohorts("", flags);
    }

    /** The types of groups are company and project. */
    static LocalEvaluator withCohorts(String cohorts, String... flags) {
        return new LocalEvaluator(definitions("{'flags': [" + String.join(",", flags)
                + "], 'group_type_mapping': {'0': 'company', '1': 'project'}, 'cohorts': {" + cohorts + "}}"));
    }

    static FlagDefinitions definitions(String json) {
        return FlagDefinitionsParser.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    static EvaluationInput person(String id, Map<String, ?> properties) {
        return new EvaluationInput(id, null, null, properties, null, InstantSource.fixed(NOW));
    }

    static EvaluationInput groups(Map<String, String> groups, Map<String, ? extends Map<String, ?>> properties) {
        return new EvaluationInput("user-1", null, groups, null, properties, InstantSource.fixed(NOW));
    }

    static EvaluationInput device(String device) {
        return new EvaluationInput("user-1", device, null, null, null, InstantSource.fixed(NOW));
    }

    /** Like the value of a flag in PostHog, or "inconclusive", "needs server" or "missing". */
    static Object outcome(LocalResult result) {
        if (result instanceof Value value) {
            return value.variant() != null ? value.variant() : value.enabled();
        }
        return result instanceof Inconclusive inconclusive ? inconclusive.needsServer() ? "needs server" : "inconclusive"
                : "missing";
    }

    static Object outcome(LocalEvaluator flags, String key, EvaluationInput input) {
        return outcome(flags.evaluate(key, input));
    }
}
