package io.quarkiverse.posthog.emulator.control;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.store.FlagSettings;
import io.quarkiverse.posthog.emulator.store.FlagValueOverrides.FlagOverride;
import io.quarkiverse.posthog.emulator.store.Project;
import io.vertx.ext.web.RoutingContext;

/** Sets flag values for tests, and simulates failures of flag evaluation. */
final class FlagControl {

    private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9_-]{1,400}");
    private static final Set<String> SETTINGS = Set.of("quotaLimited", "errorsWhileComputing", "failing",
            "minimalCalledEvents", "propertyMatchingVersion");

    private final Project project;

    FlagControl(Project project) {
        this.project = project;
    }

    JsonNode list() {
        ArrayNode json = EmulatorJson.array();
        project.flagOverrides().all().forEach(override -> json.add(toJson(override)));
        return json;
    }

    JsonNode put(RoutingContext context) {
        String key = context.pathParam("key");
        if (!KEY.matcher(key).matches()) {
            throw new ControlException("'" + key + "' is not a valid flag key");
        }
        ObjectNode json = ControlInput.of(ControlInput.body(context), Set.of("value", "payload")).json();
        JsonNode value = json.path("value");
        boolean isVariant = value.isTextual() && !value.textValue().isBlank();
        if (!value.isBoolean() && !isVariant) {
            throw new ControlException("'value' has to be true, false or the key of a variant but is "
                    + (value.isMissingNode() ? "missing" : value));
        }
        return toJson(project.flagOverrides().put(key, isVariant || value.booleanValue(),
                isVariant ? value.textValue() : null, asText(json.get("payload"))));
    }

    JsonNode remove(RoutingContext context) {
        project.flagOverrides().remove(context.pathParam("key"));
        return list();
    }

    JsonNode removeAll() {
        project.flagOverrides().clear();
        return list();
    }

    /** Payloads are JSON within a text, as in the flag API. */
    private static JsonNode asText(JsonNode payload) {
        boolean isFine = payload == null || payload.isNull() || payload.isTextual();
        return isFine ? payload : TextNode.valueOf(payload.toString());
    }

    private static JsonNode toJson(FlagOverride override) {
        ObjectNode json = EmulatorJson.object().put("key", override.key());
        json.set("value", EmulatorJson.of(override.variant() == null ? override.enabled() : override.variant()));
        if (override.payload() != null) {
            json.set("payload", override.payload());
        }
        return json;
    }

    JsonNode settings() {
        FlagSettings settings = project.flagSettings();
        ObjectNode json = EmulatorJson.object().put("quotaLimited", settings.quotaLimited())
                .put("errorsWhileComputing", settings.errorsWhileComputing());
        json.set("failing", EmulatorJson.array(settings.failing()));
        return json.put("minimalCalledEvents", settings.minimalCalledEvents())
                .put("propertyMatchingVersion", settings.propertyMatchingVersion());
    }

    /** Returns the changed settings. Fields that are missing in the input stay unchanged. */
    FlagSettings changed(JsonNode node) {
        ControlInput input = ControlInput.of(node, SETTINGS);
        FlagSettings before = project.flagSettings();
        Set<String> failing = new LinkedHashSet<>();
        input.array("failing").ifPresentOrElse(keys -> keys.forEach(key -> failing.add(key.asText())),
                () -> failing.addAll(before.failing()));
        return new FlagSettings(input.bool("quotaLimited").orElse(before.quotaLimited()),
                input.bool("errorsWhileComputing").orElse(before.errorsWhileComputing()), failing,
                input.bool("minimalCalledEvents").orElse(before.minimalCalledEvents()),
                input.number("propertyMatchingVersion", 1, 2).orElse(before.propertyMatchingVersion()));
    }
}
