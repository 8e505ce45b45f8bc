package io.quarkiverse.posthog.flags;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The value of a feature flag: off, on, or a variant. Its JSON and text forms are PostHog's:
 * {@code false}, {@code true}, or the key of the variant.
 *
 * @param enabled whether the flag is on
 * @param variant the key of the variant; empty if the flag is off or has no variants
 */
public record FlagValue(boolean enabled, Optional<String> variant) {

    /** The value of a flag that is on without a variant. */
    public static final FlagValue ON = new FlagValue(true, Optional.empty());

    /** The value of a flag that is off. */
    public static final FlagValue OFF = new FlagValue(false, Optional.empty());

    public FlagValue {
        if (!enabled && variant.isPresent()) {
            throw new IllegalArgumentException("A flag that is off has no variant, but this one has '" + variant.get() + "'");
        }
    }

    /** Returns the value of a flag that is on without a variant, or off. */
    public static FlagValue of(boolean enabled) {
        return enabled ? ON : OFF;
    }

    /** Returns the value of a flag that is on with this variant. */
    public static FlagValue of(String variant) {
        return new FlagValue(true, Optional.of(variant));
    }

    /** @throws IllegalArgumentException unless it is a boolean or a string */
    @JsonCreator
    static FlagValue ofJson(Object json) {
        if (json instanceof Boolean enabled) {
            return of(enabled);
        }
        if (json instanceof String variant) {
            return of(variant);
        }
        throw new IllegalArgumentException("The value of a flag is true, false or a string, but not " + json);
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
