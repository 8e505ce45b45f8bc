package io.quarkiverse.posthog.emulator.control;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.ReceivedBody;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.vertx.ext.web.RoutingContext;

/** A JSON object given to the control API, whose fields are checked as they are read. */
record ControlInput(ObjectNode json) {

    static JsonNode body(RoutingContext context) {
        ReceivedBody body = ReceivedBody.of(context);
        body.problem().ifPresent(problem -> {
            throw new ControlException(problem.message());
        });
        try {
            return EmulatorJson.parse(body.text());
        } catch (JsonProcessingException e) {
            throw new ControlException("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    /** Reads an object that may have certain fields only, since a misspelled one would go unnoticed. */
    static ControlInput of(JsonNode node, Set<String> fields) {
        if (!(node instanceof ObjectNode object)) {
            throw new ControlException("expected a JSON object but got " + node);
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                throw new ControlException(
                        "unknown field '" + name + "', expected one of " + fields.stream().sorted().toList());
            }
        });
        return new ControlInput(object);
    }

    private Optional<JsonNode> field(String name, String type, Predicate<JsonNode> valid) {
        JsonNode value = json.get(name);
        if (value != null && !value.isNull() && !valid.test(value)) {
            throw new ControlException("'" + name + "' has to be " + type + " but is " + value);
        }
        return Optional.ofNullable(value).filter(node -> !node.isNull());
    }

    Optional<String> text(String name) {
        return field(name, "a text", JsonNode::isTextual).map(JsonNode::textValue);
    }

    String requiredText(String name) {
        return text(name).filter(text -> !text.isBlank())
                .orElseThrow(() -> new ControlException("'" + name + "' is missing"));
    }

    Optional<Integer> number(String name, int min, int max) {
        return field(name, "an integer from " + min + " to " + max,
                node -> node.isInt() && node.intValue() >= min && node.intValue() <= max).map(JsonNode::intValue);
    }

    Optional<Boolean> bool(String name) {
        return field(name, "true or false", JsonNode::isBoolean).map(JsonNode::booleanValue);
    }

    Optional<ObjectNode> object(String name) {
        return field(name, "an object", JsonNode::isObject).map(ObjectNode.class::cast);
    }

    Optional<JsonNode> array(String name) {
        return field(name, "an array", JsonNode::isArray);
    }

    Optional<UUID> uuid(String name) {
        return text(name).map(text -> ApiRequest.uuid(text)
                .orElseThrow(() -> new ControlException("'" + name + "' has to be a uuid but is " + text)));
    }

    Optional<Instant> time(String name) {
        try {
            return text(name).map(TimestampFormats::parse);
        } catch (DateTimeException e) {
            throw new ControlException("'" + name + "' has to be an ISO 8601 timestamp: " + e.getMessage());
        }
    }
}
