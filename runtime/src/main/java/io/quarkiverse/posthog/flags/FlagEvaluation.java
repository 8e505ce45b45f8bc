package io.quarkiverse.posthog.flags;

import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogConnectionException;
import io.quarkiverse.posthog.PostHogMissingKeyException;
import io.quarkiverse.posthog.PostHogResponseException;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;

/**
 * Evaluates feature flags. What needs several flags of the same person takes a {@link FlagSnapshot} by
 * {@link #evaluateFlags}; the getters are short forms for one flag.
 * <p>
 * With {@code flags.local-evaluation}, flags are evaluated in this process, from definitions that are kept up to
 * date; PostHog is asked only for what can't be decided here. Otherwise PostHog is asked, once per call.
 * <p>
 * No evaluation ever throws or fails: what could not be evaluated is missing. {@link FlagSnapshot#errors()} tells
 * what went wrong when PostHog was asked; it is empty for flags that just could not be decided in this process. A key
 * that is null is no flag, a context that is null is that of whoever makes the request. No call blocks.
 * <p>
 * An evaluation takes no longer than {@code flags.timeout}, including retries; then the flags that are not evaluated locally
 * are missing. Cancelling an evaluation aborts its request, unless other callers wait for the same evaluation.
 * <p>
 * Keys are case-sensitive.
 */
public interface FlagEvaluation {

    /** Evaluates all flags for a person. */
    @CheckReturnValue
    default Uni<FlagSnapshot> evaluateFlags(String distinctId) {
        return evaluateFlags(FlagContext.of(distinctId));
    }

    /**
     * Evaluates flags: first those that can be in this process, then, unless the context forbids it, the others with
     * one request to PostHog. Without a distinct id in the context or the request, the snapshot is empty and nothing
     * is asked.
     */
    @CheckReturnValue
    Uni<FlagSnapshot> evaluateFlags(FlagContext context);

    /** Evaluates all flags for a person, at once. See {@link #evaluateFlagsLocally(FlagContext)}. */
    default FlagSnapshot evaluateFlagsLocally(String distinctId) {
        return evaluateFlagsLocally(FlagContext.of(distinctId));
    }

    /**
     * Evaluates flags with the definitions that are loaded, without waiting for anything, for templates, security
     * checks and loops. Flags for which that is not enough are missing: all, unless {@code flags.local-evaluation} is
     * on.
     */
    FlagSnapshot evaluateFlagsLocally(FlagContext context);

    /**
     * Whether a flag is on for a person; false when it is unknown or can't be evaluated. Counts as an exposure: the
     * first time for a person, flag, value and groups, it captures {@code $feature_flag_called}.
     */
    @CheckReturnValue
    default Uni<Boolean> isFeatureEnabled(String key, String distinctId) {
        return isFeatureEnabled(key, distinctId, false);
    }

    /**
     * Whether a flag is on for a person. Counts as an exposure, which captures {@code $feature_flag_called}.
     *
     * @param defaultValue the answer when the flag is unknown or can't be evaluated, whatever the reason
     */
    @CheckReturnValue
    default Uni<Boolean> isFeatureEnabled(String key, String distinctId, boolean defaultValue) {
        return isFeatureEnabled(key, FlagContext.of(distinctId), defaultValue);
    }

    /**
     * Whether a flag is on; false when it is unknown or can't be evaluated. Counts as an exposure, which captures
     * {@code $feature_flag_called} unless the context forbids it.
     */
    @CheckReturnValue
    default Uni<Boolean> isFeatureEnabled(String key, FlagContext context) {
        return isFeatureEnabled(key, context, false);
    }

    /**
     * Whether a flag is on. Counts as an exposure, which captures {@code $feature_flag_called} unless the context
     * forbids it.
     *
     * @param defaultValue the answer when the flag is unknown or can't be evaluated, whatever the reason
     */
    @CheckReturnValue
    default Uni<Boolean> isFeatureEnabled(String key, FlagContext context, boolean defaultValue) {
        return evaluateFlags(only(key, context)).map(flags -> flags.isEnabled(key, defaultValue));
    }

    /**
     * The value of a flag for a person; completes with null when it is unknown or can't be evaluated. Counts as an
     * exposure, which captures {@code $feature_flag_called}.
     */
    @CheckReturnValue
    default Uni<FlagValue> getFeatureFlag(String key, String distinctId) {
        return getFeatureFlag(key, FlagContext.of(distinctId));
    }

    /**
     * The value of a flag; completes with null when it is unknown or can't be evaluated. Counts as an exposure, which
     * captures {@code $feature_flag_called} unless the context forbids it.
     */
    @CheckReturnValue
    default Uni<FlagValue> getFeatureFlag(String key, FlagContext context) {
        return evaluateFlags(only(key, context)).map(flags -> flags.value(key).orElse(null));
    }

    /**
     * The payload of the value a flag has for a person; completes with null when there is none, or when it is not of
     * this type. Does not count as an exposure.
     */
    @CheckReturnValue
    default <T> Uni<T> getFeatureFlagPayload(String key, String distinctId, Class<T> type) {
        return getFeatureFlagPayload(key, FlagContext.of(distinctId), type);
    }

    /**
     * The payload of the value a flag has; completes with null when there is none, or when it is not of this type.
     * Does not count as an exposure.
     */
    @CheckReturnValue
    default <T> Uni<T> getFeatureFlagPayload(String key, FlagContext context, Class<T> type) {
        return evaluateFlags(only(key, context)).map(flags -> flags.payload(key, type).orElse(null));
    }

    /**
     * The value of a flag for a person with everything known of it; completes with null when it is unknown or can't
     * be evaluated. Counts as an exposure, which captures {@code $feature_flag_called}.
     */
    @CheckReturnValue
    default Uni<FlagResult> getFeatureFlagResult(String key, String distinctId) {
        return getFeatureFlagResult(key, FlagContext.of(distinctId));
    }

    /**
     * The value of a flag with everything known of it; completes with null when it is unknown or can't be evaluated.
     * Counts as an exposure, which captures {@code $feature_flag_called} unless the context forbids it.
     */
    @CheckReturnValue
    default Uni<FlagResult> getFeatureFlagResult(String key, FlagContext context) {
        return evaluateFlags(only(key, context)).map(flags -> flags.result(key).orElse(null));
    }

    /** The value of every flag for a person, by key. Does not count as an exposure. */
    @CheckReturnValue
    default Uni<Map<String, FlagValue>> getAllFlags(String distinctId) {
        return getAllFlags(FlagContext.of(distinctId));
    }

    /** The value of every flag, by key. Does not count as an exposure. */
    @CheckReturnValue
    default Uni<Map<String, FlagValue>> getAllFlags(FlagContext context) {
        return getAllFlagsAndPayloads(context).map(FlagsAndPayloads::flags);
    }

    /** The value and the payload of every flag for a person. Does not count as an exposure. */
    @CheckReturnValue
    default Uni<FlagsAndPayloads> getAllFlagsAndPayloads(String distinctId) {
        return getAllFlagsAndPayloads(FlagContext.of(distinctId));
    }

    /** The value and the payload of every flag. Does not count as an exposure. */
    @CheckReturnValue
    default Uni<FlagsAndPayloads> getAllFlagsAndPayloads(FlagContext context) {
        return evaluateFlags(context).map(snapshot -> {
            Map<String, FlagValue> flags = new LinkedHashMap<>();
            Map<String, String> payloads = new LinkedHashMap<>();
            snapshot.results().forEach((key, result) -> {
                flags.put(key, result.value());
                result.payload().ifPresent(payload -> payloads.put(key, payload));
            });
            return new FlagsAndPayloads(flags, payloads);
        });
    }

    /**
     * The payload of a remote configuration flag, which is the same for everybody; completes with null when there is
     * none. PostHog decrypts encrypted payloads.
     * <p>
     * Needs {@code feature-flags-secure-key}, or {@code personal-api-key} with the scope {@code feature_flag:read}.
     * <p>
     * It is a read: {@code read-timeout} limits each attempt, and {@code retry.*} the retries. Unlike an evaluation, it fails
     * when there is no answer: with a {@link PostHogMissingKeyException} when neither
     * key is set, with a kind of {@link PostHogApiException} when PostHog refuses, with a
     * {@link PostHogConnectionException} when it can't be reached, with a {@link PostHogResponseException} when the
     * payload is not of this type, and with an {@link IllegalArgumentException} when the key is blank.
     *
     * @param type what to read the JSON of the payload as; {@link String} for the text of a JSON string
     */
    @CheckReturnValue
    <T> Uni<T> getRemoteConfigPayload(String key, Class<T> type);

    /** Properties that count for every evaluation during the current request. */
    FlagOverrides flagOverrides();

    /** How the definitions stand that flags are evaluated with in this process. */
    FlagDefinitionsStatus flagDefinitions();

    /**
     * Loads the definitions of flags now, instead of at the next interval, and completes with how they stand then.
     * Never fails: see {@link FlagDefinitionsStatus#lastFailure()}.
     */
    @CheckReturnValue
    Uni<FlagDefinitionsStatus> reloadFlagDefinitions();

    private static FlagContext only(String key, FlagContext context) {
        return (context == null ? FlagContext.create() : context).key(key);
    }
}
