package io.quarkiverse.posthog.runtime.functions;

import java.util.List;
import java.util.Objects;

/**
 * A parameter of a function. Immutable: each method returns a modified copy.
 *
 * @param required whether a call needs a value; if the parameter has an alternative, of either of them
 * @param defaultValue the value of a call without one; may be null
 * @param minimum the smallest integer; may be null
 * @param maximum the largest integer, or the maximum number of characters or elements; may be null
 * @param allowed the possible values; empty for any value
 * @param example a valid value
 * @param alternative the parameter that can be given instead; null if there is none
 */
public record FunctionParameter(String name, ParameterType type, boolean required, Object defaultValue, Integer minimum,
        Integer maximum, List<String> allowed, Object example, String alternative, String description) {

    public FunctionParameter {
        Objects.requireNonNull(example, name);
        allowed = List.copyOf(allowed);
    }

    public static FunctionParameter required(String name, ParameterType type, Object example, String description) {
        return new FunctionParameter(name, type, true, null, null, null, List.of(), example, null, description);
    }

    public static FunctionParameter optional(String name, ParameterType type, Object example, String description) {
        return new FunctionParameter(name, type, false, null, null, null, List.of(), example, null, description);
    }

    public FunctionParameter withDefault(Object value) {
        return new FunctionParameter(name, type, required, value, minimum, maximum, allowed, example, alternative, description);
    }

    /** Limits an integer. */
    public FunctionParameter between(int least, int most) {
        return new FunctionParameter(name, type, required, defaultValue, least, most, allowed, example, alternative,
                description);
    }

    /** Limits the number of characters or elements. */
    public FunctionParameter maxLength(int length) {
        return new FunctionParameter(name, type, required, defaultValue, null, length, allowed, example, alternative,
                description);
    }

    public FunctionParameter oneOf(List<String> values) {
        return new FunctionParameter(name, type, required, defaultValue, minimum, maximum, values, example, alternative,
                description);
    }

    /** Names the parameter that can be given instead of this one. */
    public FunctionParameter or(String other) {
        return new FunctionParameter(name, type, required, defaultValue, minimum, maximum, allowed, example, other,
                description);
    }

    /** Returns what a value must be, for messages. */
    public String expected() {
        if (!allowed.isEmpty()) {
            return "one of " + String.join(", ", allowed);
        }
        if (type == ParameterType.INTEGER && maximum != null) {
            return "an integer from " + minimum + " to " + maximum;
        }
        if (type == ParameterType.INTEGER && minimum != null) {
            return "an integer of at least " + minimum;
        }
        if (maximum != null) {
            return type.description() + " with at most " + maximum
                    + (type == ParameterType.STRINGS ? " elements" : " characters");
        }
        return type.description();
    }
}
