package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.quarkiverse.posthog.runtime.flags.local.matcher.Operator;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser;

/** Unusual definitions and persons: no exception, and no slow evaluation. */
class EvaluationFuzzTest {

    /** Generators with similar seeds start with similar numbers. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    /** 25,000 rounds take minutes: {@code -Dflags.fuzz.rounds=25000}. */
    private static final int ROUNDS = Integer.getInteger("flags.fuzz.rounds", 500);
    private static final long LIMIT = TimeUnit.MILLISECONDS.toNanos(50);

    private static final String LONG = "a".repeat(1_000_000);
    private static final List<String> TEXTS = List.of("", "a", "null", "true", "FALSE", "1", "1.0", "-0.0", "1e400", "nan",
            "inf",
            "1.2.3", "v1.2.3-beta.1+5", "1.2.3.4", "1.*", "*", "2024-03-31", "2024-03-31 02:30", "2024-02-29T10:00:00Z", "-7d",
            "9999m",
            "31d", "2024-01-01T10:00Z", "(a+)+$", "(x+x+)+y", "a(?=b)", "(?i)ä", "[", "\\d+", "Straße", "İ", "\ud800",
            "9".repeat(1_000), "a".repeat(5_000) + "!");

    @Test
    @Tag("LFO-12")
    void unusualInputCausesNeitherExceptionsNorDelays() {
        List<Throwable> failures = new ArrayList<>();
        int slow = 0;
        int decided = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(round * SPREAD);
            LocalEvaluator flags = new LocalEvaluator(
                    FlagDefinitionsParser.parse(definitions(random).getBytes(StandardCharsets.UTF_8)),
                    (key, failure) -> failures.add(failure));
            EvaluationInput input = person(random);
            // Slow only if the second evaluation is slow, too, because the first one may load classes
            slow += cpuTime(flags, input) > LIMIT && cpuTime(flags, input) > LIMIT ? 1 : 0;
            decided += flags.evaluate("a", input) instanceof LocalResult.Value ? 1
                    : 0;
        }
        assertThat(failures).isEmpty();
        assertThat(slow).as("evaluations that take more than 50 ms").isZero();
        assertThat(decided).as("flags with a value").isBetween(ROUNDS / 4, ROUNDS - ROUNDS / 20);
    }

    private static long cpuTime(LocalEvaluator flags, EvaluationInput input) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertThat(flags.evaluateAll(input)).hasSize(2);
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }

    private static EvaluationInput person(Random random) {
        Map<String, Object> properties = new HashMap<>();
        for (String key : List.of("x", "y", "z")) {
            if (random.nextInt(8) != 0) {
                properties.put(key, value(random, 0));
            }
        }
        return new EvaluationInput("user-" + random.nextInt(100), null, null, properties, null, InstantSource.fixed(NOW),
                random.nextInt(4) == 0, null);
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 16 : 22)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong();
            case 4 -> Double.longBitsToDouble(random.nextLong());
            case 5 -> Float.intBitsToFloat(random.nextInt());
            case 6 -> new BigDecimal("1E+1000000000");
            case 7 -> new BigDecimal(BigInteger.TEN.pow(random.nextInt(2_000)), random.nextInt(3_000) - 1_500);
            case 8 -> BigInteger.TWO.pow(random.nextInt(5_000)).negate();
            case 9 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            case 10 -> LocalDate.ofEpochDay(random.nextInt(40_000));
            case 11 -> LocalDateTime.of(2024, 1 + random.nextInt(12), 28, random.nextInt(24), random.nextInt(60));
            case 12 -> OffsetDateTime.parse("2024-12-25T00:00:00+02:00");
            case 13 -> random.nextInt(50) == 0 ? LONG : "text";
            case 14 -> JsonNodeFactory.instance.numberNode(random.nextGaussian());
            case 15, 16, 17 -> TEXTS.get(random.nextInt(TEXTS.size()));
            case 18 -> nested(random.nextInt(5_000));
            case 19 -> List.of(TEXTS.get(random.nextInt(TEXTS.size())), random.nextInt(3));
            case 20 -> new Object();
            default -> {
                Map<String, Object> map = new HashMap<>();
                map.put(TEXTS.get(random.nextInt(TEXTS.size())), value(random, depth + 1));
                map.put("b", value(random, depth + 1));
                yield map;
            }
        };
    }

    private static Object nested(int levels) {
        Object value = "a";
        for (int i = 0; i < levels; i++) {
            value = i % 2 == 0 ? List.of(value) : Map.of("a", value);
        }
        return value;
    }

    private static String definitions(Random random) {
        StringBuilder groups = new StringBuilder();
        for (int i = 0; i <= random.nextInt(3); i++) {
            groups.append(i == 0 ? "" : ",").append("{\"properties\":[").append(filter(random)).append(',')
                    .append(filter(random))
                    .append("],\"rollout_percentage\":").append(random.nextBoolean() ? "100" : random.nextInt(101)).append('}');
        }
        return "{\"property_matching_version\":" + random.nextInt(4)
                + ",\"flags\":[{\"key\":\"a\",\"active\":true,\"filters\":{"
                + "\"groups\":[" + groups + "]}},{\"key\":\"b\",\"active\":true,\"filters\":{\"groups\":[{\"properties\":[{"
                + "\"key\":\"a\",\"type\":\"flag\",\"operator\":\"flag_evaluates_to\",\"value\":true,\"dependency_chain\":"
                + "[\"a\"]}]}]}}],\"cohorts\":{\"1\":{\"type\":\"OR\",\"values\":[" + property(random) + ","
                + property(random) + "]}}}";
    }

    private static String filter(Random random) {
        return random.nextInt(10) == 0 ? "{\"key\":\"id\",\"type\":\"cohort\",\"value\":1,\"operator\":\""
                + List.of("in", "not_in", "exact").get(random.nextInt(3)) + "\"}" : property(random);
    }

    private static String property(Random random) {
        Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
        return "{\"key\":\"" + List.of("x", "y", "z").get(random.nextInt(3)) + "\",\"type\":\"person\",\"operator\":\""
                + operator.code() + "\",\"negation\":" + random.nextBoolean() + ",\"value\":" + filterValue(random, 0) + "}";
    }

    private static String filterValue(Random random, int depth) {
        return switch (random.nextInt(depth > 2 ? 7 : 10)) {
            case 0 -> "null";
            case 1 -> Boolean.toString(random.nextBoolean());
            case 2 -> Integer.toString(random.nextInt(20));
            case 3 -> List.of("1e1000000000", "1e-1000000000", "9".repeat(1_000), "-0.0", "1.5").get(random.nextInt(5));
            case 7 -> "[" + filterValue(random, depth + 1) + "," + filterValue(random, depth + 1) + "]";
            case 8 -> random.nextInt(20) == 0 ? "[".repeat(5_000) + "]".repeat(5_000) : "[]";
            case 9 -> "{\"b\":" + filterValue(random, depth + 1) + ",\"a\":1}";
            default -> JsonNodeFactory.instance.textNode(TEXTS.get(random.nextInt(TEXTS.size()))).toString();
        };
    }
}
