package io.quarkiverse.posthog.openfeature;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.InvalidContextError;
import io.quarkiverse.posthog.flags.FlagContext;

/** Reads from OpenFeature's contexts for whom to evaluate. */
final class Contexts {

    private Contexts() {
    }

    /** @throws InvalidContextError when groups are not given as they are to be */
    static FlagContext of(EvaluationContext context) {
        if (context == null) {
            return FlagContext.create();
        }
        FlagContext asked = FlagContext.of(context.getTargetingKey()).groups(groups(context));
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Map.Entry<String, Value> attribute : context.asUnmodifiableMap().entrySet()) {
            Value value = attribute.getValue();
            switch (attribute.getKey()) {
                case EvaluationContext.TARGETING_KEY, PostHogProvider.GROUPS -> {
                    // Seen to already
                }
                case PostHogProvider.DEVICE_ID -> asked = asked.deviceId(text(value));
                case PostHogProvider.GROUP_PROPERTIES -> asked = withGroupProperties(asked, value);
                default -> properties.put(attribute.getKey(), Values.toObject(value));
            }
        }
        return asked.personProperties(properties);
    }

    /** Which group of each type. */
    static Map<String, String> groups(EvaluationContext context) {
        Map<String, String> groups = new LinkedHashMap<>();
        Map<String, Value> types = members(context.getValue(PostHogProvider.GROUPS), PostHogProvider.GROUPS,
                "the key of a group");
        types.forEach((type, key) -> {
            if (isNothing(key)) {
                return;
            }
            if (!key.isString() && !key.isNumber()) {
                throw new InvalidContextError("The attribute '" + PostHogProvider.GROUPS + "' must have the key of "
                        + "the group of type '" + type + "' as a string");
            }
            groups.put(type, text(key));
        });
        return groups;
    }

    private static FlagContext withGroupProperties(FlagContext context, Value value) {
        FlagContext changed = context;
        Map<String, Value> types = members(value, PostHogProvider.GROUP_PROPERTIES, "a structure of properties");
        for (Map.Entry<String, Value> type : types.entrySet()) {
            Map<String, Object> properties = new LinkedHashMap<>();
            members(type.getValue(), PostHogProvider.GROUP_PROPERTIES + "." + type.getKey(), "a value")
                    .forEach((name, property) -> properties.put(name, Values.toObject(property)));
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

    private static String text(Value value) {
        return isNothing(value) ? null : value.asObject().toString();
    }

    private static boolean isNothing(Value value) {
        return value == null || value.isNull();
    }
}
