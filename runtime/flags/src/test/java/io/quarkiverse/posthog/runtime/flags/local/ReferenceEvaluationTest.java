package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flags;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.outcome;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.ruled;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;

/** Compares with the rules as they are written down, for flags and ids at random. */
class ReferenceEvaluationTest {

    /** Generators whose seeds are close begin alike. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    @Test
    void randomFlagsHaveTheValuesOfTheReference() throws NoSuchAlgorithmException {
        int[] outcomes = new int[3];
        for (int round = 0; round < 1_500; round++) {
            Random random = new Random(round * SPREAD);
            String key = "flag-" + random.nextInt(1000) + (random.nextInt(5) == 0 ? "-ü" : "");
            List<Double> rollouts = percentages(random, 1 + random.nextInt(3));
            List<Double> variants = percentages(random, random.nextInt(4));
            LocalEvaluator flags = flags(ruled(key, definition(rollouts, variants)));
            for (int i = 0; i < 10; i++) {
                String id = Long.toHexString(random.nextLong()) + List.of("", "", "é", "ш", "😀").get(random.nextInt(5));
                Object expected = reference(key, id, rollouts, variants);
                assertThat(outcome(flags, key, EvaluationInput.of(id, NOW))).as("%s %s %s %s", key, id, rollouts, variants)
                        .isEqualTo(expected);
                outcomes[expected.equals(false) ? 0 : expected.equals(true) ? 1 : 2]++;
            }
        }
        assertThat(outcomes).as("all kinds of values occur").doesNotContain(0);
    }

    private static Object reference(String key, String id, List<Double> rollouts, List<Double> variants)
            throws NoSuchAlgorithmException {
        double hash = hash(key + "." + id);
        boolean on = rollouts.stream().anyMatch(percentage -> !(hash > percentage / 100));
        if (!on) {
            return false;
        }
        double variant = hash(key + "." + id + "variant");
        double lower = 0;
        for (int i = 0; i < variants.size(); i++) {
            double upper = lower + variants.get(i) / 100;
            if (variant >= lower && variant < upper) {
                return "variant-" + i;
            }
            lower = upper;
        }
        return true;
    }

    private static double hash(String text) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
        return new BigInteger(HexFormat.of().formatHex(digest).substring(0, 15), 16).doubleValue()
                / new BigInteger("FFFFFFFFFFFFFFF", 16).doubleValue();
    }

    private static List<Double> percentages(Random random, int count) {
        List<Double> percentages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            percentages.add(random.nextBoolean() ? random.nextInt(60) : random.nextDouble() * 40);
        }
        return percentages;
    }

    private static String definition(List<Double> rollouts, List<Double> variants) {
        List<String> groups = new ArrayList<>();
        rollouts.forEach(percentage -> groups.add("{'rollout_percentage': " + percentage + "}"));
        List<String> shares = new ArrayList<>();
        variants.forEach(percentage -> shares
                .add("{'key': 'variant-" + shares.size() + "', 'rollout_percentage': " + percentage + "}"));
        return "'groups': [" + String.join(",", groups) + "], 'multivariate': {'variants': [" + String.join(",", shares) + "]}";
    }
}
