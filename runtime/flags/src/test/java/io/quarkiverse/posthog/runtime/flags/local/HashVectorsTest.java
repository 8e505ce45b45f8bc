package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flags;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.outcome;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.ruled;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.posthog.runtime.flags.local.bucketing.BucketingHasher;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;

/** Ids land where PostHog puts them. */
class HashVectorsTest {

    static Stream<Map<String, String>> rows() {
        return Csv.rows("/flags/hash-vectors.csv").stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    @Tag("LFE-1")
    void hashesAreThoseOfPostHog(Map<String, String> row) {
        byte[] prefix = (row.get("flag_key") + ".").getBytes(StandardCharsets.UTF_8);
        BucketingHasher hasher = new BucketingHasher();

        assertThat(hasher.hash(prefix, row.get("bucketing_id"), BucketingHasher.NO_SALT))
                .isEqualTo(Double.parseDouble(row.get("hash_rollout")));
        assertThat(hasher.hash(prefix, row.get("bucketing_id"), BucketingHasher.VARIANT))
                .isEqualTo(Double.parseDouble(row.get("hash_variant")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    @Tag("LFE-1")
    void flagsHaveTheValuesOfPostHog(Map<String, String> row) {
        String id = row.get("bucketing_id");
        LocalEvaluator flags = flags(ruled(row.get("flag_key"), "'groups': [{'rollout_percentage': "
                + row.get("rollout_percentage") + "}], 'multivariate': {'variants': [" + variants(row.get("variants")) + "]}"));

        Object outcome = outcome(flags, row.get("flag_key"), EvaluationInput.of(id, NOW));

        assertThat(outcome.toString()).isEqualTo(id.isEmpty() ? "inconclusive" : row.get("expected"));
    }

    @Test
    @Tag("LFE-1")
    void aThousandIdsAreDividedAsPostHogDividesThem() {
        LocalEvaluator flags = flags(ruled("simple-flag", "'groups': [{'rollout_percentage': 45}]"),
                ruled("multivariate-flag", "'groups': [{'rollout_percentage': 55}], 'multivariate': {'variants': ["
                        + variants("first-variant=50;second-variant=20;third-variant=20;fourth-variant=5;fifth-variant=5")
                        + "]}"));

        assertThat(distribution(flags, "simple-flag")).isEqualTo(Map.of("true", 446, "false", 554));
        assertThat(distribution(flags, "multivariate-flag")).isEqualTo(Map.of("false", 444, "first-variant", 290,
                "second-variant", 110, "third-variant", 111, "fourth-variant", 24, "fifth-variant", 21));
    }

    private static Map<String, Integer> distribution(LocalEvaluator flags, String key) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 1000; i++) {
            counts.merge(outcome(flags, key, EvaluationInput.of("distinct_id_" + i, NOW)).toString(), 1, Integer::sum);
        }
        return counts;
    }

    /** @param list such as a=50;b=50 */
    private static String variants(String list) {
        List<String> variants = new ArrayList<>();
        for (String variant : list.isEmpty() ? new String[0] : list.split(";")) {
            String[] parts = variant.split("=");
            variants.add("{'key': '" + parts[0] + "', 'rollout_percentage': " + parts[1] + "}");
        }
        return String.join(",", variants);
    }
}
