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
 * Evaluates feature flags. {@link #evaluateFlags(FlagContext)} is the general form: its {@link FlagSnapshot} contains
 * the values of several flags of the same person. The methods for one flag, or for all flags, are shorthands for it.
 * <p>
 * With {@code flags.local-evaluation}, flags are evaluated locally, from definitions that are kept up to date, and
 * PostHog evaluates only the flags that cannot be evaluated locally. Otherwise, PostHog evaluates all flags, with one
 * request per call.
 * <p>
 * Evaluations never throw exceptions and never fail: flags that could not be evaluated are missing. {@link
 * FlagSnapshot#errors()} contains the failures. A null key is treated as an unknown flag, and a null context as the
 * context of the current request. The methods do not block.
 * <p>
 * An evaluation takes at most {@code flags.timeout}, including retries; after that, the flags that were not evaluated
 * locally are missing. Canceling an evaluation aborts its request, unless other callers wait for the same evaluation.
 * <p>
 * Keys are case-sensitive.
 */
public interface FeatureFlagEvaluator {

    /**
     * Evaluates all flags for a person. Shorthand for {@link #evaluateFlags(FlagContext)} with {@link FlagContext#of}.
     */
    @CheckReturnValue
    default Uni<FlagSnapshot> evaluateFlags(String distinctId) {
        return evaluateFlags(FlagContext.of(distinctId));
    }

    /**
     * Evaluates flags: first locally, and then, unless the context forbids it, the remaining flags with one request to
     * PostHog. Without a distinct ID in the context or the request, the snapshot is empty, and no request is sent.
     */
    @CheckReturnValue
    Uni<FlagSnapshot> evaluateFlags(FlagContext context);

    /**
     * Evaluates all flags for a person immediately. Shorthand for {@link #evaluateFlagsLocally(FlagContext)} with {@link
     * FlagContext#of}.
     */
    default FlagSnapshot evaluateFlagsLocally(String distinctId) {
        return evaluateFlagsLocally(FlagContext.of(distinctId));
    }

    /**
     * Evaluates flags with the loaded definitions, without waiting and without a request, for templates, security
     * checks and loops. Flags that cannot be evaluated locally are missing: all flags, unless {@code
     * flags.local-evaluation} is enabled.
     */
    FlagSnapshot evaluateFlagsLocally(FlagContext context);

    /**
     * Returns whether a flag is on for a person; false if it is unknown or cannot be evaluated. Shorthand for {@link
     * #isFeatureEnabled(String, FlagContext, boolean)}.
     */
    @CheckReturnValue
    default Uni<Boolean> isFeatureEnabled(String key, String distinctId) {
        return isFeatureEnabled(key, distinctId, false);
    }

    /**
     * Returns whether a flag is on for a person. Shorthand for {@link #isFeatureEnabled(String, FlagContext, boolean)}.
     *
     * @param defaultValue the result if the flag is unknown or cannot be evaluated
     */
    @CheckReturnValue
    default Uni<Boolean> isFeatureEnabled(String key, String distinctId, boolean defaultValue) {
        return isFeatureEnabled(key, FlagContext.of(distinctId), defaultValue);
    }

    /**
     * Returns whether a flag is on; false if it is unknown or cannot be evaluated. Shorthand for {@link
     * #isFeatureEnabled(String, FlagContext, boolean)}.
     */
    @CheckReturnValue
    default Uni<Boolean> isFeatureEnabled(String key, FlagContext context) {
        return isFeatureEnabled(key, context, false);
    }

    /**
     * Returns whether a flag is on. Captures an exposure ({@code $feature_flag_called}) once per person, flag, value and
     * groups, unless the context disables it. Shorthand for {@link #evaluateFlags(FlagContext)} with
     * {@link FlagSnapshot#isEnabled(String, boolean)}.
     *
     * @param defaultValue the result if the flag is unknown or cannot be evaluated
     */
    @CheckReturnValue
    default Uni<Boolean> isFeatureEnabled(String key, FlagContext context, boolean defaultValue) {
        return evaluateFlags(only(key, context)).map(flags -> flags.isEnabled(key, defaultValue));
    }

    /**
     * Returns the value of a flag for a person; completes with null if it is unknown or cannot be evaluated. Shorthand
     * for {@link #getFeatureFlag(String, FlagContext)}.
     */
    @CheckReturnValue
    default Uni<FlagValue> getFeatureFlag(String key, String distinctId) {
        return getFeatureFlag(key, FlagContext.of(distinctId));
    }

    /**
     * Returns the value of a flag; completes with null if it is unknown or cannot be evaluated. Captures an
     * exposure ({@code $feature_flag_called}) unless the context disables it. Shorthand for {@link
     * #evaluateFlags(FlagContext)} with {@link FlagSnapshot#value}.
     */
    @CheckReturnValue
    default Uni<FlagValue> getFeatureFlag(String key, FlagContext context) {
        return evaluateFlags(only(key, context)).map(flags -> flags.value(key).orElse(null));
    }

    /**
     * Returns the payload of the value of a flag for a person; completes with null if there is none, or if it does not
     * have this type. Shorthand for {@link #getFeatureFlagPayload(String, FlagContext, Class)}.
     */
    @CheckReturnValue
    default <T> Uni<T> getFeatureFlagPayload(String key, String distinctId, Class<T> type) {
        return getFeatureFlagPayload(key, FlagContext.of(distinctId), type);
    }

    /**
     * Returns the payload of the value of a flag; completes with null if there is none, or if it does not have this
     * type. Does not capture an exposure. Shorthand for {@link #evaluateFlags(FlagContext)} with {@link
     * FlagSnapshot#payload(String, Class)}.
     */
    @CheckReturnValue
    default <T> Uni<T> getFeatureFlagPayload(String key, FlagContext context, Class<T> type) {
        return evaluateFlags(only(key, context)).map(flags -> flags.payload(key, type).orElse(null));
    }

    /**
     * Returns the complete result of a flag for a person; completes with null if it is unknown or cannot be evaluated.
     * Shorthand for {@link #getFeatureFlagResult(String, FlagContext)}.
     */
    @CheckReturnValue
    default Uni<FlagResult> getFeatureFlagResult(String key, String distinctId) {
        return getFeatureFlagResult(key, FlagContext.of(distinctId));
    }

    /**
     * Returns the complete result of a flag; completes with null if it is unknown or cannot be evaluated. Captures an
     * exposure ({@code $feature_flag_called}) unless the context disables it. Shorthand for {@link
     * #evaluateFlags(FlagContext)} with {@link FlagSnapshot#result}.
     */
    @CheckReturnValue
    default Uni<FlagResult> getFeatureFlagResult(String key, FlagContext context) {
        return evaluateFlags(only(key, context)).map(flags -> flags.result(key).orElse(null));
    }

    /** Returns the value of every flag for a person, by key. Shorthand for {@link #getAllFlags(FlagContext)}. */
    @CheckReturnValue
    default Uni<Map<String, FlagValue>> getAllFlags(String distinctId) {
        return getAllFlags(FlagContext.of(distinctId));
    }

    /**
     * Returns the value of every flag, by key. Does not capture an exposure. Shorthand for {@link
     * #evaluateFlags(FlagContext)} with {@link FlagSnapshot#results()}.
     */
    @CheckReturnValue
    default Uni<Map<String, FlagValue>> getAllFlags(FlagContext context) {
        return getAllFlagsAndPayloads(context).map(FlagsAndPayloads::flags);
    }

    /**
     * Returns the value and the payload of every flag for a person. Shorthand for {@link
     * #getAllFlagsAndPayloads(FlagContext)}.
     */
    @CheckReturnValue
    default Uni<FlagsAndPayloads> getAllFlagsAndPayloads(String distinctId) {
        return getAllFlagsAndPayloads(FlagContext.of(distinctId));
    }

    /**
     * Returns the value and the payload of every flag, in the form that PostHog specifies for its SDKs. Does not capture
     * an exposure. Shorthand for {@link #evaluateFlags(FlagContext)} with {@link FlagSnapshot#results()}, which contains
     * the same data.
     */
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
     * Returns the payload of a remote configuration flag, which is the same for all users; completes with null if there
     * is none. PostHog decrypts encrypted payloads.
     * <p>
     * Requires {@code feature-flags-secure-api-key}, or {@code personal-api-key} with the scope {@code feature_flag:read}.
     * <p>
     * This is a read: {@code read-timeout} limits each attempt, and {@code retry.*} applies. Unlike an evaluation, it
     * can fail: with a {@link PostHogMissingKeyException} if neither key is set, with a subclass of {@link
     * PostHogApiException} if PostHog rejects the request, with a {@link PostHogConnectionException} if PostHog cannot
     * be reached, with a {@link PostHogResponseException} if the payload does not have this type, and with an {@link
     * IllegalArgumentException} if the key is blank.
     *
     * @param type the type of the payload; {@link String} for the text of a JSON string
     */
    @CheckReturnValue
    <T> Uni<T> getRemoteConfigPayload(String key, Class<T> type);

    /** Returns the properties for all evaluations of the current request. */
    FlagOverrides flagOverrides();

    /** Returns the status of the flag definitions used for local evaluation. */
    FlagDefinitionsStatus flagDefinitionsStatus();

    /**
     * Loads the flag definitions now instead of at the next interval, and completes with their status. If a load is running,
     * another one starts after it. Never fails: see {@link FlagDefinitionsStatus#lastFailure()}.
     */
    @CheckReturnValue
    Uni<FlagDefinitionsStatus> reloadFlagDefinitions();

    private static FlagContext only(String key, FlagContext context) {
        return (context == null ? FlagContext.create() : context).flagKey(key);
    }
}
