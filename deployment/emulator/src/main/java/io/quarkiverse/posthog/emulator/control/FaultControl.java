package io.quarkiverse.posthog.emulator.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.EventResult;
import io.quarkiverse.posthog.emulator.http.Fault;
import io.quarkiverse.posthog.emulator.http.Faults;
import io.vertx.ext.web.RoutingContext;

/** Lets requests go wrong. */
final class FaultControl {

    private static final int MANY = 1_000_000;
    private static final int MAX_LATENCY = 600_000;
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7E\\x80-\\xFF\\t]*");
    private static final Set<String> FIELDS = Set.of("path", "method", "times", "status", "body", "headers", "retryAfter",
            "latencyMillis", "dropConnection", "results");

    private final Faults faults;

    FaultControl(Faults faults) {
        this.faults = faults;
    }

    JsonNode add(RoutingContext context) {
        ControlInput input = ControlInput.of(ControlInput.body(context), FIELDS);
        JsonNode body = input.json().path("body");
        List<EventResult> results = results(input);
        Fault fault = new Fault(input.requiredText("path"), input.text("method").orElse(null),
                input.number("status", 200, 599).filter(status -> results.isEmpty() || status != 200).orElse(null),
                body.isMissingNode() || body.isNull() ? null : body.isTextual() ? body.textValue() : body.toString(),
                headers(input), input.number("latencyMillis", 0, MAX_LATENCY).orElse(0),
                input.bool("dropConnection").orElse(false), results);
        boolean answersOtherwise = fault.status() != null || fault.dropConnection();
        if (!results.isEmpty() && answersOtherwise) {
            throw new ControlException("'results' can't be combined with 'status' or 'dropConnection'");
        }
        if (results.isEmpty() && !answersOtherwise && fault.latencyMillis() == 0) {
            throw new ControlException("a fault needs 'status', 'latencyMillis', 'dropConnection' or 'results'");
        }
        faults.add(fault, input.number("times", 1, MANY).orElse(1));
        return list();
    }

    private static Map<String, String> headers(ControlInput input) {
        Map<String, String> headers = new LinkedHashMap<>();
        input.object("headers").ifPresent(given -> given.properties().forEach(
                header -> headers.put(headerName(header.getKey()), headerValue(header.getValue().asText()))));
        input.number("retryAfter", 0, MANY).ifPresent(seconds -> headers.put("Retry-After", seconds.toString()));
        return headers;
    }

    /** Rejects a value that HTTP does not allow, which would otherwise fail when the fault occurs. */
    private static String headerName(String name) {
        if (!HEADER_NAME.matcher(name).matches()) {
            throw new ControlException("'" + name + "' is not a valid header name");
        }
        return name;
    }

    private static String headerValue(String value) {
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new ControlException("the value of a header may not have control characters");
        }
        return value;
    }

    /** Each result is a text, an object with details, or null for the regular result. */
    private static List<EventResult> results(ControlInput input) {
        List<EventResult> results = new ArrayList<>();
        input.array("results").ifPresent(given -> given.forEach(result -> results.add(result(result))));
        return results;
    }

    private static EventResult result(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (node.isTextual()) {
            return new EventResult(node.textValue(), null);
        }
        ControlInput input = ControlInput.of(node, Set.of("result", "details"));
        return new EventResult(input.requiredText("result"), input.text("details").orElse(null));
    }

    JsonNode list() {
        ArrayNode json = EmulatorJson.array();
        faults.armed().forEach(armed -> json.addObject().put("remaining", armed.remaining()).setAll(
                (ObjectNode) EmulatorJson.of(armed.fault())));
        return json;
    }
}
