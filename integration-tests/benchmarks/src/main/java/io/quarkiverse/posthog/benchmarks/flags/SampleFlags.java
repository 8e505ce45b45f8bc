package io.quarkiverse.posthog.benchmarks.flags;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Flag definitions of all kinds in turn. */
final class SampleFlags {

    private static final String COHORTS = """
            {"1": {"type": "AND", "values": [
              {"type": "OR", "values": [
                {"key": "plan", "type": "person", "operator": "exact", "value": "pro"},
                {"key": "plan", "type": "person", "operator": "exact", "value": "enterprise"}]},
              {"type": "AND", "values": [
                {"key": "country", "type": "person", "operator": "exact", "value": "NO"}]}]}}""";

    private SampleFlags() {
    }

    static String key(int number) {
        return "flag-" + number;
    }

    static String json(int flags) {
        return IntStream.range(0, flags).mapToObj(SampleFlags::flag)
                .collect(Collectors.joining(",", "{\"flags\": [",
                        "], \"group_type_mapping\": {}, \"cohorts\": " + COHORTS + "}"));
    }

    private static String flag(int number) {
        return """
                {"id": %d, "team_id": 1, "name": "Flag %1$d", "key": "%s", "active": true, "deleted": false, "version": 1,
                 "ensure_experience_continuity": false, "filters": {%s}}"""
                .formatted(number + 1, key(number), Kind.of(number).filters);
    }
}
