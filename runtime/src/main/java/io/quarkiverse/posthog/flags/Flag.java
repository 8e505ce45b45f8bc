package io.quarkiverse.posthog.flags;

import java.util.Optional;

import io.quarkiverse.posthog.context.PostHogContext;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;

/**
 * A feature flag that was injected with {@link PostHogFlag}: what it is for whoever makes the current request, as
 * {@link PostHogContext} knows. To ask for somebody else, or for several flags at once, use {@link FlagEvaluation}.
 * <p>
 * Each call evaluates anew, and may be made from any thread. No call ever fails or blocks.
 */
public interface Flag {

    /** The key of the flag. */
    String key();

    /**
     * Whether the flag is on: evaluated in this process if that is possible, otherwise by PostHog. The default of the
     * injection point when it is unknown or can't be evaluated.
     */
    @CheckReturnValue
    Uni<Boolean> isEnabled();

    /** The key of the variant; completes with null when the flag is off, has no variants, or can't be evaluated. */
    @CheckReturnValue
    Uni<String> variant();

    /**
     * The payload of the value of the flag; completes with null when there is none, or when it is not of this type.
     * Does not count as an exposure.
     */
    @CheckReturnValue
    <T> Uni<T> payload(Class<T> type);

    /** The value of the flag with everything known of it; completes with null when it can't be evaluated. */
    @CheckReturnValue
    Uni<FlagResult> evaluate();

    /**
     * Whether the flag is on, evaluated in this process and at once, without a request to PostHog. The default of the
     * injection point when that is not enough: always, unless {@code flags.local-evaluation} is on.
     */
    boolean isEnabledLocally();

    /** The value of the flag, evaluated in this process and at once; empty when that is not enough. */
    Optional<FlagResult> evaluateLocally();
}
