package io.quarkiverse.posthog.openfeature;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.InvalidContextError;
import io.quarkiverse.posthog.flags.FlagContext;

/** Converts OpenFeature's evaluation contexts. */
final class ContextMapper {

    private ContextMapper() {
    }

    /**
     * Converts an evaluation context.
     *
     * @throws InvalidContextError if an attribute has an invalid type or is nested too deeply
     */
    static FlagContext of(EvaluationContext context) {
        if (context == null) {
            return FlagContext.create();
        }
        String person = targetingKey(context);
        FlagContext result = (person == null ? FlagContext.create() : FlagContext.of(person)).groups(groups(context));
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Map.Entry<String, Value> attribute : context.asUnmodifiableMap().entrySet()) {
            Value value = attribute.getValue();
            switch (attribute.getKey()) {
                case EvaluationContext.TARGETING_KEY, PostHogProvider.GROUPS -> {
                    // Already processed
                }
                case PostHogProvider.DEVICE_ID -> result = result.deviceId(text(value, PostHogProvider.DEVICE_ID));
                case PostHogProvider.GROUP_PROPERTIES -> result = withGroupProperties(result, value);
                default -> properties.put(attribute.getKey(), ValueMapper.toObject(value));
            }
        }
        return result.personProperties(properties);
    }

    /** Returns the distinct ID; null, which selects the person of the request, if it is missing or blank. */
    static String targetingKey(EvaluationContext context) {
        String key = context.getTargetingKey();
        String person = key == null ? text(context.getValue(EvaluationContext.TARGETING_KEY), EvaluationContext.TARGETING_KEY)
                : key;
        return person == null || person.isBlank() ? null : person;
    }

    /** Returns the group key for each group type. */
    static Map<String, String> groups(EvaluationContext context) {
        Map<String, String> groups = new LinkedHashMap<>();
        Map<String, Value> types = members(context.getValue(PostHogProvider.GROUPS), PostHogProvider.GROUPS,
                "group keys");
        types.forEach((type, key) -> {
            String group = text(key, PostHogProvider.GROUPS + "." + type);
            if (group != null && !group.isBlank()) {
                groups.put(type, group);
            }
        });
        return groups;
    }

    private static FlagContext withGroupProperties(FlagContext context, Value value) {
        FlagContext changed = context;
        Map<String, Value> types = members(value, PostHogProvider.GROUP_PROPERTIES, "structures of properties");
        for (Map.Entry<String, Value> type : types.entrySet()) {
            Map<String, Object> properties = new LinkedHashMap<>();
            members(type.getValue(), PostHogProvider.GROUP_PROPERTIES + "." + type.getKey(), "values")
                    .forEach((name, property) -> properties.put(name, ValueMapper.toObject(property)));
            changed = changed.groupProperties(type.getKey(), properties);
        }
        return changed;
    }

    private static Map<String, Value> members(Value value, String attribute, String content) {
        if (isNothing(value)) {
            return Map.of();
        }
        if (!value.isStructure()) {
            throw new InvalidContextError("The attribute '" + attribute + "' must be a structure that maps names to " + content
                    + ", but is " + value.asObject().getClass().getSimpleName());
        }
        return value.asStructure().asUnmodifiableMap();
    }

    /** Returns the value as text; null if it is missing. */
    private static String text(Value value, String attribute) {
        if (isNothing(value)) {
            return null;
        }
        String text = ValueMapper.toText(value);
        if (text == null) {
            throw new InvalidContextError("The attribute '" + attribute + "' must be a string or a number, but is "
                    + value.asObject().getClass().getSimpleName());
        }
        return text;
    }

    private static boolean isNothing(Value value) {
        return value == null || value.isNull();
    }
}
