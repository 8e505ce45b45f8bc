package io.quarkiverse.posthog.flags;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.posthog.CaptureEvent;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * The feature flags of somebody at one moment, by {@link FlagEvaluation#evaluateFlags}. Reading it asks nobody and
 * never fails, however often and from whichever thread; the values never change.
 * <p>
 * Asking for the value of a flag tells PostHog that the person was exposed to it: the first time for a person, flag,
 * value and groups, it captures an event {@code $feature_flag_called}. Only looking at payloads, keys or
 * {@link #results()} does not.
 * <p>
 * A key that PostHog does not know, or that could not be evaluated, is not in the snapshot: it is off, or whatever
 * default the caller gives.
 */
public interface FlagSnapshot {

    /** Whom the flags were evaluated for; empty when nobody was named, and so nothing evaluated. */
    Optional<String> distinctId();

    /** Whether the flag is on, be it with a variant or without; false when it is not in the snapshot. */
    default boolean isEnabled(String key) {
        return isEnabled(key, false);
    }

    /**
     * Whether the flag is on, be it with a variant or without.
     *
     * @param defaultValue the answer when the flag is not in the snapshot, whatever the reason
     */
    boolean isEnabled(String key, boolean defaultValue);

    /** The value of the flag; empty when it is not in the snapshot. */
    Optional<FlagValue> value(String key);

    /** The key of the variant; empty when the flag is off, has no variants, or is not in the snapshot. */
    default Optional<String> variant(String key) {
        return value(key).flatMap(FlagValue::variant);
    }

    /** The value of the flag with everything that is known of it; empty when it is not in the snapshot. */
    Optional<FlagResult> result(String key);

    /** The payload of the value, as JSON text; empty when there is none. Does not count as asking for the value. */
    Optional<String> payload(String key);

    /**
     * The payload of the value, read from its JSON; empty when there is none, or when it is not of this type, which is logged
     * once per flag. Does not count as asking for the value.
     */
    <T> Optional<T> payload(String key, Class<T> type);

    /** The keys of all flags in the snapshot. */
    Set<String> keys();

    /** Everything that is in the snapshot, by key. Does not count as asking for the values. */
    Map<String, FlagResult> results();

    /**
     * The same with only some of its flags, such as those to record with an event. A key that is not in the snapshot
     * is left out, and logged once.
     */
    @CheckReturnValue
    FlagSnapshot only(Collection<String> keys);

    /** The same with only some of its flags. See {@link #only(Collection)}. */
    @CheckReturnValue
    default FlagSnapshot only(String... keys) {
        return only(Arrays.asList(keys));
    }

    /**
     * The same with only the flags whose value was asked for until now, which says what can have had an influence; for
     * {@link CaptureEvent#flags}.
     */
    @CheckReturnValue
    FlagSnapshot onlyAccessed();

    /**
     * What went wrong when PostHog was asked, or unexpectedly in this process, so that flags may be missing. Empty
     * when all went well, and also for flags that could just not be decided in this process, where PostHog was not
     * asked.
     */
    Set<FlagError> errors();

    /** PostHog's id of the request, where one was sent. */
    Optional<String> requestId();

    /** When PostHog evaluated the flags, where it was asked. */
    Optional<Instant> evaluatedAt();
}
