package io.quarkiverse.posthog.flags;

import java.util.Optional;

import io.quarkiverse.posthog.context.PostHogContext;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;

/**
 * A feature flag that is injected with {@link PostHogFlag}, evaluated for the current user as determined by {@link
 * PostHogContext}. To evaluate flags for another person, or several flags at once, use {@link FeatureFlagEvaluator}.
 * <p>
 * Each call is a separate evaluation. You can call the methods on any thread; they never fail or block.
 */
public interface Flag {

    /** Returns the flag key. */
    String key();

    /**
     * Returns whether the flag is on, evaluated locally if possible, otherwise by PostHog. Completes with the default
     * of the injection point if the flag is unknown or cannot be evaluated.
     */
    @CheckReturnValue
    Uni<Boolean> isEnabled();

    /**
     * Returns the key of the variant; completes with null if the flag is off, has no variants, or cannot be evaluated.
     */
    @CheckReturnValue
    Uni<String> variant();

    /**
     * Returns the payload of the flag; completes with null if its value has no payload, or if the payload does not have this
     * type.
     * Does not capture an exposure.
     */
    @CheckReturnValue
    <T> Uni<T> payload(Class<T> type);

    /** Returns the complete result of the evaluation; completes with null if the flag cannot be evaluated. */
    @CheckReturnValue
    Uni<FlagResult> evaluate();

    /**
     * Returns whether the flag is on, evaluated locally and immediately, without a request to PostHog. Returns the
     * default of the injection point if the flag cannot be evaluated locally, which is always the case unless {@code
     * flags.local-evaluation} is enabled.
     */
    boolean isEnabledLocally();

    /** Returns the complete result of a local evaluation; empty if the flag cannot be evaluated locally. */
    Optional<FlagResult> evaluateLocally();
}
