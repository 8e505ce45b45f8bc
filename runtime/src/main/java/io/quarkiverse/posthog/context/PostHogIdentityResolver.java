package io.quarkiverse.posthog.context;

import java.util.Optional;

/**
 * Determines the person of a request. Beans of this type are called by priority, highest first, until one returns a person,
 * if an event or a flag evaluation of a request has no distinct ID. They are called after or before the headers of the
 * request are used, depending on {@code quarkus.posthog.context.identity-order}.
 * <p>
 * Called on the thread that captures or evaluates, with an active CDI request context, so it can use request-scoped beans
 * and must not block. If it fails, or cannot be created, the next one is called, and a warning is logged once until
 * it succeeds again.
 */
public interface PostHogIdentityResolver {

    /**
     * Returns the person of the current request; empty if this resolver does not recognize any. A distinct ID or a group on
     * PostHog's list of illegal IDs, such as {@code "guest"}, is ignored, which is logged once.
     */
    Optional<PostHogIdentity> resolve();
}
