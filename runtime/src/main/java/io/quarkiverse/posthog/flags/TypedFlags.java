package io.quarkiverse.posthog.flags;

import java.util.Map;

import io.smallrye.common.annotation.Experimental;

/**
 * Flag values by type, as in OpenFeature. Values are never converted: a flag without variants is a boolean, a variant is a
 * string, and other types must be defined in PostHog.
 * <p>
 * The result is the default value of the caller if the flag is missing, has another type, or could not be evaluated. It is
 * also the default value if the value in PostHog is null, or if the flag is off and the requested type is not boolean.
 * {@link FlagDetails} distinguishes these cases. The methods never fail. Like other accesses to a value, they capture an
 * exposure.
 */
@Experimental("PostHog's specification of typed flag values is not final")
public interface TypedFlags {

    /** Returns the value of a boolean flag. Shorthand for {@link #getBooleanDetails}. */
    default boolean getBooleanValue(String key, boolean defaultValue) {
        return getBooleanDetails(key, defaultValue).value();
    }

    /** Returns the value of a boolean flag with its details. */
    FlagDetails<Boolean> getBooleanDetails(String key, boolean defaultValue);

    /** Returns the variant or text of a flag. Shorthand for {@link #getStringDetails}. */
    default String getStringValue(String key, String defaultValue) {
        return getStringDetails(key, defaultValue).value();
    }

    /** Returns the variant or text of a flag with its details. */
    FlagDetails<String> getStringDetails(String key, String defaultValue);

    /** Returns the number of a flag. Shorthand for {@link #getIntegerDetails}. */
    default int getIntegerValue(String key, int defaultValue) {
        return getIntegerDetails(key, defaultValue).value();
    }

    /**
     * Returns the number of a flag with its details. A number with a fraction, or that is too large, has another type.
     */
    FlagDetails<Integer> getIntegerDetails(String key, int defaultValue);

    /** Returns the number of a flag. Shorthand for {@link #getLongDetails}. */
    default long getLongValue(String key, long defaultValue) {
        return getLongDetails(key, defaultValue).value();
    }

    /**
     * Returns the number of a flag with its details. A number with a fraction, or that is too large, has another type.
     */
    FlagDetails<Long> getLongDetails(String key, long defaultValue);

    /** Returns the number of a flag. Shorthand for {@link #getDoubleDetails}. */
    default double getDoubleValue(String key, double defaultValue) {
        return getDoubleDetails(key, defaultValue).value();
    }

    /** Returns the number of a flag with its details. */
    FlagDetails<Double> getDoubleDetails(String key, double defaultValue);

    /** Returns the JSON object of a flag. Shorthand for {@link #getObjectDetails}. */
    default Map<String, Object> getObjectValue(String key, Map<String, Object> defaultValue) {
        return getObjectDetails(key, defaultValue).value();
    }

    /**
     * Returns the JSON object of a flag with its details. The object is unmodifiable, and consists of maps, lists, strings,
     * numbers, booleans and null.
     */
    FlagDetails<Map<String, Object>> getObjectDetails(String key, Map<String, Object> defaultValue);
}
