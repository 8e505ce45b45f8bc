package io.quarkiverse.posthog.flags;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A feature flag value: off, on, or a variant. Its JSON and text forms are PostHog's: {@code false}, {@code true}, or
 * the key of the variant.
 *
 * @param enabled whether the flag is on
 * @param variant the key of the variant; empty if the flag is off or has no variants
 */
public record FlagValue(boolean enabled, Optional<String> variant) {

    /** The value of a flag that is on and has no variant. */
    public static final FlagValue ON = new FlagValue(true, Optional.empty());

    /** The value of a flag that is off. */
    public static final FlagValue OFF = new FlagValue(false, Optional.empty());

    public FlagValue {
        if (!enabled && variant.isPresent()) {
            throw new IllegalArgumentException("A flag that is off cannot have a variant, but has '" + variant.get() + "'");
        }
    }

    /** Returns the value on, without a variant, or off. */
    public static FlagValue of(boolean enabled) {
        return enabled ? ON : OFF;
    }

    /** Returns the value on, with this variant. */
    public static FlagValue of(String variant) {
        return new FlagValue(true, Optional.of(variant));
    }

    /**
     * Converts the JSON form.
     *
     * @throws IllegalArgumentException if it is neither a boolean nor a string
     */
    @JsonCreator
    static FlagValue ofJson(Object json) {
        if (json instanceof Boolean enabled) {
            return of(enabled);
        }
        if (json instanceof String variant) {
            return of(variant);
        }
        throw new IllegalArgumentException("A flag value must be true, false or a string, but was " + json);
    }

    /** Returns a {@link Boolean} or the key of the variant, as in event properties. */
    @JsonValue
    public Object toJson() {
        return variant.isPresent() ? variant.get() : (Object) enabled;
    }

    @Override
    public String toString() {
        return toJson().toString();
    }
}
