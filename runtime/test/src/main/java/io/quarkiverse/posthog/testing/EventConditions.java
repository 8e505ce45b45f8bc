package io.quarkiverse.posthog.testing;

import java.util.Map;
import java.util.function.Predicate;

import io.quarkiverse.posthog.testing.runtime.JsonValues;

/** Creates conditions with their descriptions. */
final class EventConditions {

    private EventConditions() {
    }

    static EventCondition named(String name) {
        return new EventCondition("named '" + name + "'", event -> event.event().equals(name),
                event -> "it is named '" + event.event() + "'");
    }

    static EventCondition distinctId(String distinctId) {
        return new EventCondition("of '" + distinctId + "'", event -> event.distinctId().equals(distinctId),
                event -> "it is of '" + event.distinctId() + "'");
    }

    static EventCondition property(String what, String name, Object value) {
        return new EventCondition("with " + what + " = " + JsonValues.text(value), event -> event.has(name, value),
                event -> found(what, event.properties(), name));
    }

    static EventCondition property(String name) {
        return new EventCondition("with property '" + name + "'", event -> event.properties().containsKey(name),
                event -> found("property '" + name + "'", event.properties(), name));
    }

    static EventCondition noProperty(String name) {
        return new EventCondition("without property '" + name + "'", event -> !event.properties().containsKey(name),
                event -> found("property '" + name + "'", event.properties(), name));
    }

    /** Returns a condition on a person property that the event sets. */
    static EventCondition personProperty(String name, Object value) {
        return new EventCondition("that sets '" + name + "' of the person to " + JsonValues.text(value),
                event -> event.set().containsKey(name) && JsonValues.same(event.set().get(name), value),
                event -> found("$set '" + name + "'", event.set(), name));
    }

    static EventCondition group(String type, String key) {
        return new EventCondition("in the " + type + " '" + key + "'", event -> event.isInGroup(type, key),
                event -> found("group '" + type + "'", event.groups(), type));
    }

    static EventCondition matching(String description, Predicate<CapturedEvent> predicate) {
        return new EventCondition("that " + description, predicate, event -> "it is not one that " + description);
    }

    private static String found(String what, Map<String, Object> values, String name) {
        return values.containsKey(name) ? "its " + what + " is " + JsonValues.text(values.get(name))
                : "it has no " + what;
    }
}
