package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.LongTexts.inLinearTime;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.runtime.LongTexts;
import io.quarkiverse.posthog.runtime.flags.local.matcher.Operator;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;
import io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser;
import io.quarkiverse.posthog.runtime.flags.local.parser.ForeignJson;

/** Definitions that are made to take long, to need much memory, or to overflow the stack. */
class LongDefinitionsTest {

    private static final String BYSTANDER = "{\"key\":\"bystander\",\"active\":true,\"filters\":{\"groups\":[{}]}}";

    @Test
    @Tag("LFO-12")
    void textThatIsNoDefinitions() {
        LongTexts.parse(1_000_000, text -> FlagDefinitionsParser.parse(text.getBytes(StandardCharsets.UTF_8)),
                IllegalArgumentException.class);
    }

    @Test
    @Tag("LFO-12")
    void longTextAnywhereInAFlag() {
        LongTexts.parse(30_000, text -> {
            ObjectNode definitions = JsonNodeFactory.instance.objectNode();
            ArrayNode flags = definitions.putArray("flags");
            for (String operator : operators()) {
                ObjectNode flag = flags.addObject().put("key", operator).put("active", true);
                ObjectNode filter = flag.putObject("filters").putArray("groups").addObject().putArray("properties").addObject();
                filter.put("key", "name").put("type", "person").put("operator", operator).put("value", text);
            }
            ObjectNode named = flags.addObject().put("key", text).put("active", true);
            ObjectNode filters = named.putObject("filters");
            filters.putObject("payloads").put(text, text);
            filters.putArray("groups").addObject().put("variant", text).putArray("properties").addObject().put("key", text)
                    .put("type", text).put("operator", text).put("value", text);
            definitions.putObject("group_type_mapping").put(text, text);
            definitions.putObject("cohorts").putObject(text).put("type", text).putArray("values").add(text);
            evaluateAll(FlagDefinitionsParser.parse(definitions), text);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = { 150, 1_000, 20_000 })
    @Tag("LFO-12")
    void deeplyNestedCohorts(int depth) {
        String cohort = "{\"type\":\"OR\",\"values\":[{\"type\":\"AND\",\"values\":[{},".repeat(depth) + "{}"
                + "]}]}".repeat(depth);

        assertBystander("\"cohorts\":{\"7\":" + cohort + "}", flag("deep", "{\"type\":\"cohort\",\"value\":7}"));
    }

    @Test
    @Tag("LFO-12")
    void cohortsThatAskForEachOther() {
        String cohorts = IntStream.range(0, 50_000).mapToObj(i -> "\"" + i + "\":{\"type\":\"OR\",\"values\":["
                + "{\"type\":\"cohort\",\"value\":" + (i + 1) + "},{\"key\":\"name\",\"type\":\"person\",\"value\":\"a\"}]}")
                .collect(Collectors.joining(","));

        assertBystander("\"cohorts\":{" + cohorts + "}", flag("deep", "{\"type\":\"cohort\",\"value\":0}"));
    }

    @Test
    @Tag("LFO-12")
    void flagsThatDependOnEachOther() {
        // Each says only what it depends on directly, so that evaluating the first one leads to the last
        String flags = IntStream.range(0, 50_000).mapToObj(i -> flag("f" + i, "{\"type\":\"flag\",\"key\":\"f" + (i + 1)
                + "\",\"operator\":\"flag_evaluates_to\",\"value\":true,\"dependency_chain\":[\"f" + (i + 1) + "\"]}"))
                .collect(Collectors.joining(","));

        assertBystander("\"cohorts\":{}", flags);
    }

    @Test
    @Tag("LFO-12")
    void aLongDependencyChain() {
        String chain = IntStream.range(0, 20_000).mapToObj(i -> "\"f" + i + "\"").collect(Collectors.joining(","));
        String flags = IntStream.range(0, 20_000).mapToObj(i -> flag("f" + i, "")).collect(Collectors.joining(","));

        assertBystander("\"cohorts\":{}", flags + "," + flag("last", "{\"type\":\"flag\",\"key\":\"f19999\","
                + "\"operator\":\"flag_evaluates_to\",\"value\":true,\"dependency_chain\":[" + chain + "]}"));
    }

    @Test
    @Tag("LFO-12")
    void manyConditionsWithManyVariants() {
        String conditions = "{},".repeat(20_000) + "{\"variant\":\"v9\"}";
        String variants = IntStream.range(0, 10_000).mapToObj(i -> "{\"key\":\"v" + i + "\",\"rollout_percentage\":0.01}")
                .collect(Collectors.joining(","));

        assertBystander("\"cohorts\":{}", "{\"key\":\"many\",\"active\":true,\"filters\":{\"groups\":[" + conditions
                + "],\"multivariate\":{\"variants\":[" + variants + "]}}}");
    }

    @ParameterizedTest
    @ValueSource(strings = { "(a{1000}){50}", "(a{1000}){1000}", "(a?){0,1000}b", "((a{0,30}){0,30})*", "a{0,999}b{0,999}" })
    @Tag("LFO-12")
    void patternsThatBecomeLarge(String regex) {
        String filter = "{\"key\":\"name\",\"type\":\"person\",\"operator\":\"regex\",\"value\":\"" + regex + "\"}";
        String flags = IntStream.range(0, 3_000).mapToObj(i -> flag("f" + i, filter)).collect(Collectors.joining(","));

        assertBystander("\"cohorts\":{}", flags);
    }

    @Test
    @Tag("LFO-12")
    void searchingNearlyTheSameText() {
        String value = "a".repeat(400_000) + "b";
        LocalEvaluator flags = TestFlags.flags(TestFlags.flag("search",
                TestFlags.property("name", "icontains", "'" + value + "'")));

        LocalResult result = inLinearTime("search", () -> flags.evaluate("search", input("a".repeat(900_000))));

        assertThat(result).isInstanceOf(Inconclusive.class);
        assertThat(flags.evaluate("search", input("x" + value))).as("a text of ordinary length")
                .isInstanceOf(Inconclusive.class);
        LocalEvaluator ordinary = TestFlags.flags(TestFlags.flag("search",
                TestFlags.property("name", "icontains", "'example.com'")));
        assertThat(ordinary.evaluate("search", input("a".repeat(9_000) + "example.com")))
                .isInstanceOfSatisfying(LocalResult.Value.class, value2 -> assertThat(value2.enabled()).isTrue());
    }

    @Test
    @Tag("LFO-12")
    void numbersWithoutEnd() {
        for (String number : List.of("1e1000000000", "-1e1000000000", "1e-1000000000", "9".repeat(900),
                "1." + "9".repeat(900))) {
            String flags = Stream.of(operators()).map(operator -> flag(operator, "{\"key\":\"name\",\"type\":\"person\","
                    + "\"operator\":\"" + operator + "\",\"value\":" + number + "}")).collect(Collectors.joining(","));
            assertBystander("\"group_type_mapping\":{\"0\":" + number + "}", flags + ",{\"key\":\"n\",\"active\":true,\"id\":"
                    + number + ",\"version\":" + number + ",\"filters\":{\"groups\":[{\"rollout_percentage\":" + number
                    + "}],\"holdout\":{\"id\":" + number + ",\"exclusion_percentage\":" + number + "}}}");
        }
        assertBystander("\"cohorts\":{}", flag("n", "{\"key\":\"name\",\"operator\":\"gt\",\"value\":" + "9".repeat(5_000_000)
                + "}"));
        assertBystander("\"cohorts\":{}", flag("n", "{\"key\":\"name\",\"operator\":\"gt\",\"value\":0." + "9".repeat(5_000_000)
                + "}"));
    }

    @Test
    @Tag("LFO-12")
    void numbersWithoutEndAsProperties() {
        List<Object> numbers = List.of(new BigDecimal("1E+1000000000"), new BigDecimal("1E-1000000000"),
                BigInteger.TEN.pow(200_000), new BigDecimal(BigInteger.TEN.pow(200_000), 3), Double.MAX_VALUE);
        String[] flags = Stream.of(operators()).map(operator -> TestFlags.flag(operator,
                TestFlags.property("name", operator, "'17'"))).toArray(String[]::new);
        LocalEvaluator evaluator = TestFlags.flags(flags);

        for (Object number : numbers) {
            inLinearTime("a number of the type " + number.getClass(), () -> evaluator.evaluateAll(input(number)));
        }
    }

    @Test
    @Tag("LFO-12")
    void moreTokensThanTheHeapHasRoomFor() {
        long tokens = ForeignJson.maxTokens();
        byte[] json = ("{\"flags\":[" + "1,".repeat((int) tokens) + "1]}").getBytes(StandardCharsets.US_ASCII);

        try {
            FlagDefinitionsParser.parse(json);
            throw new AssertionError("was parsed");
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("oken count");
        }
    }

    private static void assertBystander(String members, String flags) {
        FlagDefinitions definitions = inLinearTime("parsing", () -> parse(members, flags));
        assertThat(definitions.flag("bystander")).isPresent();
        inLinearTime("evaluating", () -> evaluateAll(definitions, "a".repeat(40)));
        EvaluationInput input = input("a".repeat(40));
        for (String key : definitions.keys().stream().limit(50).toList()) {
            inLinearTime(key, () -> new LocalEvaluator(definitions).evaluate(key, input));
        }
        assertThat(new LocalEvaluator(definitions).evaluate("bystander", input))
                .isInstanceOfSatisfying(LocalResult.Value.class, value -> assertThat(value.enabled()).isTrue());
    }

    private static Map<String, LocalResult> evaluateAll(FlagDefinitions definitions, Object name) {
        return new LocalEvaluator(definitions).evaluateAll(input(name));
    }

    private static EvaluationInput input(Object name) {
        return new EvaluationInput("user-1", "device-1", Map.of(), Map.of("name", name), Map.of(), InstantSource.fixed(NOW));
    }

    private static FlagDefinitions parse(String members, String flags) {
        return FlagDefinitionsParser.parse(("{\"flags\":[" + flags + "," + BYSTANDER + "]," + members + "}")
                .getBytes(StandardCharsets.UTF_8));
    }

    /** @param filter empty for none */
    private static String flag(String key, String filter) {
        return "{\"key\":\"" + key + "\",\"active\":true,\"filters\":{\"groups\":[{\"properties\":[" + filter + "]}]}}";
    }

    private static String[] operators() {
        return Stream.of(Operator.values()).map(Operator::code).toArray(String[]::new);
    }
}
