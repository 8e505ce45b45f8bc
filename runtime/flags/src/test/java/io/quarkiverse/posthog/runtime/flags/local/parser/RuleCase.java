package io.quarkiverse.posthog.runtime.flags.local.parser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;

/**
 * A case of PostHog's contract for flags with ordered rules, in a short notation. A rule has the ID of its position. A text
 * that is repeated is an array of the text, the number of repetitions, and the rest.
 */
record RuleCase(ObjectNode json) {

    static final String NOW = "2024-03-31T12:00:00Z";

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<RuleCase> all() {
        try (InputStream in = RuleCase.class.getResourceAsStream("/flags/rule-cases.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(RuleCase::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param json JSON with single quotes */
    static RuleCase of(String json) {
        return read(json.replace('\'', '"'));
    }

    private static RuleCase read(String line) {
        try {
            return new RuleCase((ObjectNode) JSON.readTree(line));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the filters of the flag. */
    ObjectNode filters() {
        ObjectNode filters = JSON.createObjectNode().put("version", 2).put("return_type", json.path("type").asText("boolean"));
        filters.set("default_value", json.get("default"));
        ArrayNode rules = filters.putArray("rules");
        json.get("rules").forEach(rule -> rules.add(rule(rule, rules.size())));
        json.path("config").properties().forEach(field -> filters.set(field.getKey(), field.getValue()));
        return filters;
    }

    /** Returns the flag definitions with this flag, whose key is "a". */
    JsonNode definitions() {
        ObjectNode definitions = JSON.createObjectNode().put("property_matching_version", matchingVersion());
        ObjectNode flag = definitions.putArray("flags").addObject().put("id", 7).put("key", "a")
                .put("active", json.path("flag").path("active").asBoolean(true))
                .put("deleted", json.path("flag").path("deleted").asBoolean());
        flag.set("filters", filters());
        return definitions;
    }

    int matchingVersion() {
        return json.path("property_matching_version").asInt(2);
    }

    static String id(int index) {
        return "00000000-0000-4000-8000-00000000000" + (index + 1);
    }

    private static ObjectNode rule(JsonNode shorthand, int index) {
        ObjectNode rule = JSON.createObjectNode().put("id", id(index));
        boolean split = shorthand.has("split");
        rule.put("rule_type", split ? "experiment" : shorthand.has("rollout") ? "percentage_rollout" : "targeted_release");
        ArrayNode properties = rule.putObject("targeting").putArray("properties");
        shorthand.path("if").forEach(filter -> {
            ObjectNode property = properties.addObject().put("key", filter.get(0).textValue()).put("type", "person")
                    .put("operator", filter.get(1).textValue());
            property.set("value", text(filter.get(2)));
            if (filter.has(3)) {
                property.put("negation", true);
            }
        });
        if (shorthand.has("value")) {
            rule.set("value", shorthand.get("value"));
        }
        if (split || shorthand.has("rollout")) {
            rule.set("rollout_percentage", shorthand.has("rollout") ? shorthand.get("rollout") : JSON.valueToTree(100));
            rule.put("on_rollout_miss", shorthand.has("miss") ? "return_default" : "continue");
            rule.put("assignment_algorithm", "sha1_60_v1").put("assign_by", "person");
            rule.put("seed", seed(shorthand));
        }
        if (split) {
            experiment(rule, shorthand);
        }
        shorthand.path("with").properties().forEach(field -> rule.set(field.getKey(), field.getValue()));
        shorthand.path("without").forEach(field -> rule.remove(field.textValue()));
        return rule;
    }

    private static void experiment(ObjectNode rule, JsonNode shorthand) {
        rule.putNull("experiment_id").put("paused", shorthand.path("paused").asBoolean());
        ArrayNode variants = rule.putArray("variants");
        shorthand.get("split").forEach(variant -> {
            ObjectNode one = variants.addObject().put("key", variant.get(0).textValue());
            one.set("weight", variant.get(1));
            one.set("value", variant.get(2));
        });
        JsonNode holdout = shorthand.get("holdout");
        if (holdout != null) {
            ObjectNode object = rule.putObject("holdout").putNull("id");
            object.put("seed", holdout.isArray() ? holdout.get(0).textValue() : "example-holdout");
            object.set("exclusion_percentage", holdout.isArray() ? holdout.get(1) : holdout);
        }
    }

    static String seed(JsonNode shorthand) {
        return shorthand.path("seed").asText(shorthand.has("split") ? "example-split" : "example-allocation");
    }

    /** Replaces the notation of a repeated text. */
    private static JsonNode text(JsonNode value) {
        boolean repeated = value.isArray() && value.size() == 3 && value.get(1).isInt() && value.get(1).intValue() >= 200;
        return repeated ? JSON.valueToTree(value.get(0).textValue().repeat(value.get(1).intValue()) + value.get(2).textValue())
                : value;
    }

    String distinctId() {
        return json.has("id") ? text(json.get("id")).textValue() : "person-example";
    }

    EvaluationInput input(boolean complete) {
        ObjectNode person = JSON.createObjectNode();
        json.path("person").properties().forEach(property -> person.set(property.getKey(), text(property.getValue())));
        Map<String, Object> properties = JSON.convertValue(person, new TypeReference<>() {
        });
        return new EvaluationInput(distinctId(), null, null, properties, null, InstantSource.fixed(now()), complete, null);
    }

    Instant now() {
        return Instant.parse(json.path("now").asText(NOW));
    }

    /** Whether the case requires a hash value or a time zone of its own. */
    boolean isInternal() {
        return json.has("hash") || json.has("zone");
    }

    List<Double> draws() {
        return json.path("draws").valueStream().map(hex -> number(hex.textValue())).toList();
    }

    static double number(String hex) {
        return Double.longBitsToDouble(Long.parseUnsignedLong(hex, 16));
    }

    @Override
    public String toString() {
        return json.get("case").textValue();
    }
}
