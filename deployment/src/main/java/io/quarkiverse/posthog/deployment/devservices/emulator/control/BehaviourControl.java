package io.quarkiverse.posthog.deployment.devservices.emulator.control;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.deployment.devservices.emulator.http.Access;
import io.quarkiverse.posthog.deployment.devservices.emulator.http.ApiKey;
import io.quarkiverse.posthog.deployment.devservices.emulator.http.Fault;
import io.quarkiverse.posthog.deployment.devservices.emulator.http.Faults;
import io.quarkiverse.posthog.deployment.devservices.emulator.http.Json;
import io.quarkiverse.posthog.deployment.devservices.emulator.http.RateClass;
import io.quarkiverse.posthog.deployment.devservices.emulator.http.RateLimit;
import io.quarkiverse.posthog.deployment.devservices.emulator.http.RateLimits;
import io.quarkiverse.posthog.deployment.devservices.emulator.store.Project;
import io.quarkiverse.posthog.deployment.devservices.emulator.store.TieOrder;
import io.vertx.ext.web.RoutingContext;

/** Changes how the emulator behaves: keys, settings, faults. */
final class BehaviourControl {

    private static final int MANY = 1_000_000;
    private static final int MAX_LATENCY = 600_000;
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7E\\x80-\\xFF\\t]*");
    private static final Set<String> FAULT_FIELDS = Set.of("path", "method", "times", "status", "body", "headers",
            "retryAfter", "latencyMillis", "dropConnection");

    private final Project project;
    private final Access access;
    private final RateLimits rateLimits;
    private final Faults faults;

    BehaviourControl(Project project, Access access, RateLimits rateLimits, Faults faults) {
        this.project = project;
        this.access = access;
        this.rateLimits = rateLimits;
        this.faults = faults;
    }

    JsonNode addKey(RoutingContext context) {
        ControlInput input = ControlInput.of(ControlInput.body(context), Set.of("key", "scopes"));
        JsonNode scopes = input.array("scopes").orElseGet(() -> Json.array().add(ApiKey.ALL_SCOPES));
        Set<String> names = new LinkedHashSet<>();
        scopes.forEach(scope -> names.add(scope.asText()));
        access.add(new ApiKey(input.requiredText("key"), names));
        ObjectNode answer = Json.object().put("key", input.requiredText("key"));
        return answer.set("scopes", scopes);
    }

    JsonNode settings() {
        ObjectNode json = Json.object().put("tieOrder", project.events().tieOrder().name().toLowerCase(Locale.ROOT))
                .put("cloud", project.cloud());
        ObjectNode limits = json.putObject("rateLimits");
        rateLimits.limits().forEach((rateClass, limit) -> limits.set(rateClass.label(), Json.of(limit)));
        return json;
    }

    JsonNode changeSettings(RoutingContext context) {
        ControlInput input = ControlInput.of(ControlInput.body(context), Set.of("tieOrder", "rateLimits", "cloud"));
        TieOrder tieOrder = input.text("tieOrder").map(BehaviourControl::tieOrder).orElse(project.events().tieOrder());
        boolean cloud = input.bool("cloud").orElse(project.cloud());
        if (input.json().has("rateLimits")) {
            rateLimits.replace(rateLimits(input.json().get("rateLimits")));
        }
        project.events().tieOrder(tieOrder);
        project.cloud(cloud);
        return settings();
    }

    private static TieOrder tieOrder(String text) {
        return Arrays.stream(TieOrder.values()).filter(order -> order.name().equalsIgnoreCase(text)).findFirst()
                .orElseThrow(() -> new ControlException("'tieOrder' has to be insertion or shuffled but is " + text));
    }

    /** True for the numbers of PostHog Cloud, false or null for no limits, or an object with numbers per class. */
    private static Map<RateClass, RateLimit> rateLimits(JsonNode node) {
        Map<RateClass, RateLimit> limits = new EnumMap<>(RateClass.class);
        if (node.isBoolean() && node.booleanValue()) {
            Arrays.stream(RateClass.values()).forEach(rateClass -> limits.put(rateClass, rateClass.real()));
        } else if (node.isObject()) {
            node.properties().forEach(entry -> limits.put(RateClass.of(entry.getKey()).orElseThrow(() -> unknownClass(entry)),
                    rateLimit(entry.getValue())));
        } else if (!node.isNull() && !node.isBoolean()) {
            throw new ControlException("'rateLimits' has to be true, false or an object but is " + node);
        }
        return limits;
    }

    private static ControlException unknownClass(Map.Entry<String, JsonNode> entry) {
        return new ControlException("unknown rate limit class '" + entry.getKey() + "', known are "
                + Arrays.stream(RateClass.values()).map(RateClass::label).toList());
    }

    private static RateLimit rateLimit(JsonNode node) {
        ControlInput input = ControlInput.of(node, Set.of("burst", "burstSeconds", "sustained", "sustainedSeconds"));
        int burst = input.number("burst", 0, MANY).orElseThrow(() -> new ControlException("'burst' is missing"));
        return new RateLimit(burst, input.number("burstSeconds", 1, MANY).orElse(60),
                input.number("sustained", 0, MANY).orElse(0), input.number("sustainedSeconds", 1, MANY).orElse(3600));
    }

    JsonNode addFault(RoutingContext context) {
        ControlInput input = ControlInput.of(ControlInput.body(context), FAULT_FIELDS);
        Map<String, String> headers = new LinkedHashMap<>();
        input.object("headers").ifPresent(given -> given.properties().forEach(
                header -> headers.put(headerName(header.getKey()), headerValue(header.getValue().asText()))));
        input.number("retryAfter", 0, MANY).ifPresent(seconds -> headers.put("Retry-After", seconds.toString()));
        JsonNode body = input.json().path("body");
        Fault fault = new Fault(input.requiredText("path"), input.text("method").orElse(null),
                input.number("status", 200, 599).orElse(null),
                body.isMissingNode() || body.isNull() ? null : body.isTextual() ? body.textValue() : body.toString(), headers,
                input.number("latencyMillis", 0, MAX_LATENCY).orElse(0), input.bool("dropConnection").orElse(false));
        if (fault.status() == null && fault.latencyMillis() == 0 && !fault.dropConnection()) {
            throw new ControlException("a fault needs 'status', 'latencyMillis' or 'dropConnection'");
        }
        faults.add(fault, input.number("times", 1, MANY).orElse(1));
        return faults();
    }

    /** Checked here: what HTTP does not allow would only fail when the fault is due. */
    private static String headerName(String name) {
        if (!HEADER_NAME.matcher(name).matches()) {
            throw new ControlException("'" + name + "' is no name of a header");
        }
        return name;
    }

    private static String headerValue(String value) {
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new ControlException("the value of a header may not have control characters");
        }
        return value;
    }

    JsonNode faults() {
        ArrayNode json = Json.array();
        faults.armed().forEach(armed -> json.addObject().put("remaining", armed.remaining()).setAll(
                (ObjectNode) Json.of(armed.fault())));
        return json;
    }
}
