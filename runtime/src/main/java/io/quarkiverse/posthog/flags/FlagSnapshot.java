package io.quarkiverse.posthog.flags;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * The feature flags of a person at one time, returned by {@link FeatureFlagEvaluator#evaluateFlags}. PostHog's SDKs call
 * it {@code FeatureFlagEvaluations}, with {@code getFlag} for {@link #value} and {@code getFlagPayload} for {@link
 * #payload(String)}. The values never change. Reading them sends no requests, never fails, and is possible on any
 * thread.
 * <p>
 * Accessing a flag value captures the exposure of the person to the flag, once per person, flag, value and groups, as the
 * event {@code $feature_flag_called}. Accessing payloads, keys or {@link #results()} does not.
 * <p>
 * Flags that are unknown or could not be evaluated are not in the snapshot. They are off, or have the default value of
 * the caller.
 */
public interface FlagSnapshot extends TypedFlags {

    /** Returns the distinct ID; empty if no user could be identified, and therefore no flags were evaluated. */
    Optional<String> distinctId();

    /**
     * Returns whether the flag is on, with or without a variant; false if it is not in the snapshot. Shorthand for {@link
     * #isEnabled(String, boolean)}.
     */
    default boolean isEnabled(String key) {
        return isEnabled(key, false);
    }

    /**
     * Returns whether the flag is on, with or without a variant.
     *
     * @param defaultValue the result if the flag is not in the snapshot
     */
    boolean isEnabled(String key, boolean defaultValue);

    /** Returns the flag value; empty if it is not in the snapshot. */
    Optional<FlagValue> value(String key);

    /**
     * Returns the key of the variant; empty if the flag is off, has no variants, or is not in the snapshot. Shorthand for
     * {@link #value} with {@link FlagValue#variant()}.
     */
    default Optional<String> variant(String key) {
        return value(key).flatMap(FlagValue::variant);
    }

    /** Returns the complete result of the flag; empty if it is not in the snapshot. */
    Optional<FlagResult> result(String key);

    /** Returns the payload of the value as JSON text; empty if there is none. Does not capture an exposure. */
    Optional<String> payload(String key);

    /**
     * Returns the payload of the value, read from its JSON; empty if there is none, or if it does not have this type,
     * which is logged once per flag. Does not capture an exposure.
     */
    <T> Optional<T> payload(String key, Class<T> type);

    /** Returns the flag keys in the snapshot. */
    Set<String> keys();

    /** Returns all results, by key. Does not capture an exposure. */
    Map<String, FlagResult> results();

    /**
     * Returns the flags as event properties: {@code $feature/<key>} for each flag, including flags that are off, and
     * {@code $active_feature_flags}, the keys of flags that are on, if there are any. Does not capture an exposure.
     */
    default Map<String, Object> eventProperties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> active = new ArrayList<>();
        results().forEach((key, flag) -> {
            properties.put("$feature/" + key, flag.value().toJson());
            if (flag.enabled()) {
                active.add(key);
            }
        });
        if (!active.isEmpty()) {
            properties.put("$active_feature_flags", List.copyOf(active));
        }
        return properties;
    }

    /**
     * Returns a snapshot with some of the flags, for example to add them to an event. Keys that are not in the snapshot
     * are ignored and logged once.
     */
    @CheckReturnValue
    FlagSnapshot only(Collection<String> keys);

    /** Returns a snapshot with some of the flags. Shorthand for {@link #only(Collection)}. */
    @CheckReturnValue
    default FlagSnapshot only(String... keys) {
        return only(Arrays.asList(keys));
    }

    /**
     * Returns a snapshot with the flags for this runtime. Flags whose runtime is unknown are left out, unless the flags were
     * evaluated for this runtime. See {@link FlagResult#runtime()} and {@link FlagContext#runtime}.
     */
    @CheckReturnValue
    FlagSnapshot onlyFor(EvaluationRuntime runtime);

    /**
     * Returns the flags that are on, with their payloads, for posthog-js in the browser of the person. Contains only flags
     * for clients, as in {@link #onlyFor} with {@link EvaluationRuntime#CLIENT}. Does not capture an exposure; posthog-js
     * captures exposures.
     *
     * @param identified whether the distinct ID is the one of an identified user, as opposed to an anonymous ID
     */
    FlagBootstrap bootstrap(boolean identified);

    /**
     * Returns a snapshot with the flags whose value was accessed so far, which can have influenced the application, for
     * example to add them to an event.
     */
    @CheckReturnValue
    FlagSnapshot onlyAccessed();

    /**
     * Returns the failures of the request to PostHog, or unexpected failures of local evaluation, which can be the
     * reason for missing flags. Empty without a failure, even if flags are missing because they cannot be evaluated locally and
     * no
     * request was sent.
     */
    Set<FlagError> errors();

    /**
     * Returns the flags that have a loaded definition but no value, because they could not be evaluated locally and PostHog
     * returned no value either. Flags that are not requested, and keys without a definition, are not included. Does not
     * capture exposures. Empty in a partial snapshot, which {@link #only} and {@link #onlyAccessed} return.
     */
    Map<String, UnresolvedFlagReason> unresolvedFlags();

    /** Returns PostHog's ID of the request, if a request was sent. */
    Optional<String> requestId();

    /** Returns when PostHog evaluated the flags, if a request was sent. */
    Optional<Instant> evaluatedAt();
}
