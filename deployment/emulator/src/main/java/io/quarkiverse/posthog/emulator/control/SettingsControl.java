package io.quarkiverse.posthog.emulator.control;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiKey;
import io.quarkiverse.posthog.emulator.http.ApiKeyAuthenticator;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.RateLimit;
import io.quarkiverse.posthog.emulator.http.RateLimitGroup;
import io.quarkiverse.posthog.emulator.http.RateLimits;
import io.quarkiverse.posthog.emulator.store.EqualTimestampOrder;
import io.quarkiverse.posthog.emulator.store.FlagSettings;
import io.quarkiverse.posthog.emulator.store.Project;
import io.vertx.ext.web.RoutingContext;

/** Changes the keys and settings of the emulator. */
final class SettingsControl {

    private static final int MANY = 1_000_000;

    private final Project project;
    private final ApiKeyAuthenticator access;
    private final RateLimits rateLimits;
    private final FlagControl flags;

    SettingsControl(Project project, ApiKeyAuthenticator access, RateLimits rateLimits, FlagControl flags) {
        this.project = project;
        this.access = access;
        this.rateLimits = rateLimits;
        this.flags = flags;
    }

    JsonNode addKey(RoutingContext context) {
        ControlInput input = ControlInput.of(ControlInput.body(context), Set.of("key", "scopes"));
        JsonNode scopes = input.array("scopes").orElseGet(() -> EmulatorJson.array().add(ApiKey.ALL_SCOPES));
        Set<String> names = new LinkedHashSet<>();
        scopes.forEach(scope -> names.add(scope.asText()));
        access.add(new ApiKey(input.requiredText("key"), names));
        ObjectNode answer = EmulatorJson.object().put("key", input.requiredText("key"));
        return answer.set("scopes", scopes);
    }

    JsonNode settings() {
        ObjectNode json = EmulatorJson.object().put("tieOrder", project.events().tieOrder().name().toLowerCase(Locale.ROOT))
                .put("cloud", project.cloud());
        json.set("flags", flags.settings());
        ObjectNode limits = json.putObject("rateLimits");
        rateLimits.limits().forEach((rateClass, limit) -> limits.set(rateClass.label(), EmulatorJson.of(limit)));
        return json;
    }

    /** All settings as they are in the beginning. */
    void usual() {
        rateLimits.replace(Map.of());
        project.events().tieOrder(EqualTimestampOrder.INSERTION);
        project.cloud(true);
        project.flagSettings(FlagSettings.USUAL);
    }

    JsonNode changeSettings(RoutingContext context) {
        ControlInput input = ControlInput.of(ControlInput.body(context),
                Set.of("tieOrder", "rateLimits", "cloud", "flags"));
        EqualTimestampOrder tieOrder = input.text("tieOrder").map(SettingsControl::tieOrder)
                .orElse(project.events().tieOrder());
        boolean cloud = input.bool("cloud").orElse(project.cloud());
        FlagSettings flagSettings = input.object("flags").map(flags::changed).orElse(project.flagSettings());
        if (input.json().has("rateLimits")) {
            rateLimits.replace(rateLimits(input.json().get("rateLimits")));
        }
        project.events().tieOrder(tieOrder);
        project.cloud(cloud);
        project.flagSettings(flagSettings);
        return settings();
    }

    private static EqualTimestampOrder tieOrder(String text) {
        return Arrays.stream(EqualTimestampOrder.values()).filter(order -> order.name().equalsIgnoreCase(text)).findFirst()
                .orElseThrow(() -> new ControlException("'tieOrder' has to be insertion or shuffled but is " + text));
    }

    /** True for the numbers of PostHog Cloud, false or null for no limits, or an object with numbers per class. */
    private static Map<RateLimitGroup, RateLimit> rateLimits(JsonNode node) {
        Map<RateLimitGroup, RateLimit> limits = new EnumMap<>(RateLimitGroup.class);
        if (node.isBoolean() && node.booleanValue()) {
            Arrays.stream(RateLimitGroup.values()).forEach(rateClass -> limits.put(rateClass, rateClass.real()));
        } else if (node.isObject()) {
            node.properties()
                    .forEach(entry -> limits.put(RateLimitGroup.of(entry.getKey()).orElseThrow(() -> unknownClass(entry)),
                            rateLimit(entry.getValue())));
        } else if (!node.isNull() && !node.isBoolean()) {
            throw new ControlException("'rateLimits' has to be true, false or an object but is " + node);
        }
        return limits;
    }

    private static ControlException unknownClass(Map.Entry<String, JsonNode> entry) {
        return new ControlException("unknown rate limit class '" + entry.getKey() + "', expected one of "
                + Arrays.stream(RateLimitGroup.values()).map(RateLimitGroup::label).toList());
    }

    private static RateLimit rateLimit(JsonNode node) {
        ControlInput input = ControlInput.of(node, Set.of("burst", "burstSeconds", "sustained", "sustainedSeconds"));
        int burst = input.number("burst", 0, MANY).orElseThrow(() -> new ControlException("'burst' is missing"));
        return new RateLimit(burst, input.number("burstSeconds", 1, MANY).orElse(60),
                input.number("sustained", 0, MANY).orElse(0), input.number("sustainedSeconds", 1, MANY).orElse(3600));
    }
}
