package io.quarkiverse.posthog.openfeature;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.InvalidContextError;
import io.quarkiverse.posthog.flags.FlagContext;

/** Converts evaluation contexts of OpenFeature. */
final class ContextMapper {

    private ContextMapper() {
    }

    /** @throws InvalidContextError when groups are not given as they are to be */
    static FlagContext of(EvaluationContext context) {
        if (context == null) {
            return FlagContext.create();
        }
        String person = targetingKey(context);
        FlagContext asked = (person == null ? FlagContext.create() : FlagContext.of(person)).groups(groups(context));
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Map.Entry<String, Value> attribute : context.asUnmodifiableMap().entrySet()) {
            Value value = attribute.getValue();
            switch (attribute.getKey()) {
                case EvaluationContext.TARGETING_KEY, PostHogProvider.GROUPS -> {
                    // Seen to already
                }
                case PostHogProvider.DEVICE_ID -> asked = asked.deviceId(text(value, PostHogProvider.DEVICE_ID));
                case PostHogProvider.GROUP_PROPERTIES -> asked = withGroupProperties(asked, value);
                default -> properties.put(attribute.getKey(), ValueMapper.toObject(value));
            }
        }
        return asked.personProperties(properties);
    }

    /** The distinct ID; null if there is none, or a blank one, for the person of the request. */
    static String targetingKey(EvaluationContext context) {
        String key = context.getTargetingKey();
        String person = key == null ? text(context.getValue(EvaluationContext.TARGETING_KEY), EvaluationContext.TARGETING_KEY)
                : key;
        return person == null || person.isBlank() ? null : person;
    }

    /** Which group of each type. */
    static Map<String, String> groups(EvaluationContext context) {
        Map<String, String> groups = new LinkedHashMap<>();
        Map<String, Value> types = members(context.getValue(PostHogProvider.GROUPS), PostHogProvider.GROUPS,
                "the key of a group");
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
        Map<String, Value> types = members(value, PostHogProvider.GROUP_PROPERTIES, "a structure of properties");
        for (Map.Entry<String, Value> type : types.entrySet()) {
            Map<String, Object> properties = new LinkedHashMap<>();
            members(type.getValue(), PostHogProvider.GROUP_PROPERTIES + "." + type.getKey(), "a value")
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
            throw new InvalidContextError("The attribute '" + attribute + "' must be a structure that has " + content
                    + " by name, but is " + value.asObject().getClass().getSimpleName());
        }
        return value.asStructure().asUnmodifiableMap();
    }

    /** @return null if there is no value */
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
