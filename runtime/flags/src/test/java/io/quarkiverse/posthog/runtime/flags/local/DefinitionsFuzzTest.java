package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.runtime.flags.local.matcher.Operator;
import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult;
import io.quarkiverse.posthog.runtime.flags.local.parser.FlagDefinitionsParser;

/** Definitions with nonsense at any place: never an exception, and never harm to a flag that has none. */
class DefinitionsFuzzTest {

    /** Generators whose seeds are close begin alike. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Test
    void nonsenseAnywhereHarmsNobody() throws IOException {
        JsonNode valid = valid();
        List<EvaluationInput> inputs = inputs();
        LocalEvaluator before = new LocalEvaluator(FlagDefinitionsParser.parse(valid));
        assertThat(before.definitions().warnings()).singleElement().asString().contains("'sticky'", "experience_continuity");
        int harmed = 0;
        for (int round = 0; round < 3_000; round++) {
            Random random = new Random(round * SPREAD);
            ObjectNode mutated = valid.deepCopy();
            JsonNode target = random.nextInt(4) == 0 ? mutated.get("cohorts")
                    : mutated.get("flags").get(random.nextInt(valid.get("flags").size() - 1));
            for (int i = 0; i <= random.nextInt(3); i++) {
                mutate(target, random);
            }
            LocalEvaluator after = new LocalEvaluator(FlagDefinitionsParser.parse(mutated));
            for (EvaluationInput input : inputs) {
                Map<String, LocalResult> results = after.evaluateAll(input);
                for (String key : results.keySet()) {
                    assertThat(results.get(key)).as(key).isNotNull();
                    assertThat(after.evaluate(key, input)).isInstanceOf(results.get(key).getClass());
                }
                assertThat(results.get("bystander")).isEqualTo(before.evaluate("bystander", input));
                harmed += results.values().stream().anyMatch(result -> result instanceof LocalResult.Inconclusive) ? 1 : 0;
            }
        }
        assertThat(harmed).as("the mutations do something").isGreaterThan(500);
    }

    @Test
    void nonsenseAtTheTopIsRefusedAtTheMost() throws IOException {
        JsonNode valid = valid();
        int refused = 0;
        for (int round = 0; round < 500; round++) {
            Random random = new Random(round * SPREAD);
            ObjectNode mutated = valid.deepCopy();
            List<String> names = new ArrayList<>();
            mutated.fieldNames().forEachRemaining(names::add);
            mutated.set(names.get(random.nextInt(names.size())), invalidResponse(random));
            try {
                new LocalEvaluator(FlagDefinitionsParser.parse(mutated)).evaluateAll(inputs().get(0));
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 400);
    }

    private static JsonNode valid() throws IOException {
        try (InputStream in = DefinitionsFuzzTest.class.getResourceAsStream("/flags/definitions.json")) {
            return JSON.readTree(in);
        }
    }

    private static List<EvaluationInput> inputs() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("email", "Ada@Example.com");
        properties.put("plan", null);
        properties.put("age", 42);
        properties.put("version", "1.2.3");
        properties.put("joined", "2024-05-01");
        properties.put("$feature_enrollment/early", "true");
        return List.of(EvaluationInput.of("user-1", NOW), EvaluationInput.of(null, NOW),
                new EvaluationInput("user-2", "device-1", Map.of("company", "acme"), properties,
                        Map.of("company", Map.of("size", 500)), InstantSource.fixed(NOW)));
    }

    /** Changes something somewhere below a node. */
    private static void mutate(JsonNode root, Random random) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        if (container instanceof ArrayNode array) {
            if (array.isEmpty() || random.nextInt(4) == 0) {
                array.add(invalidResponse(random));
            } else {
                int index = random.nextInt(array.size());
                if (random.nextInt(3) == 0) {
                    array.remove(index);
                } else {
                    array.set(index, invalidResponse(random));
                }
            }
        } else if (container instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(3) == 0) {
                object.remove(name);
            } else {
                object.set(name, invalidResponse(random));
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private static JsonNode invalidResponse(Random random) {
        return switch (random.nextInt(14)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(random.nextInt());
            case 2 -> NODES.numberNode(random.nextGaussian() * 1e300);
            case 3 -> NODES.booleanNode(random.nextBoolean());
            case 4 -> NODES.textNode("");
            case 5 -> NODES.textNode("(?=\\" + (char) random.nextInt(0x10000) + "[");
            case 6 -> NODES.arrayNode();
            case 7 -> NODES.objectNode();
            case 8 -> NODES.arrayNode().add(NODES.arrayNode().addNull()).add(5);
            case 9 -> NODES.objectNode().put("type", "AND").set("values", NODES.arrayNode().add(1));
            case 10 -> NODES.objectNode().put("key", 5).put("type", "flag");
            case 11 -> NODES.textNode(Operator.values()[random.nextInt(Operator.values().length)].code());
            case 12 -> NODES.textNode(List.of("cohort", "flag", "person", "group", "device_id").get(random.nextInt(5)));
            default -> NODES.numberNode(random.nextInt(5));
        };
    }
}
