package io.quarkiverse.posthog.context;

import java.util.Optional;

/**
 * Knows who makes a request. Beans of this type are asked by priority, the highest first, until one knows, when an
 * event or a flag evaluation during a request names nobody itself; after the headers of the request, or before them,
 * as {@code quarkus.posthog.context.order} says.
 * <p>
 * Asked on the thread that captures or evaluates, with the CDI request active, so that it may use what belongs to the
 * request, and must not block. When it fails, or can't be created, the next one is asked, which is logged once until
 * it succeeds again.
 */
public interface PostHogIdentityResolver {

    /**
     * Returns the person of the current request; empty if this resolver does not recognize any. A distinct ID or a group on
     * PostHog's list of illegal IDs, such as {@code "guest"}, is ignored, which is logged once.
     */
    Optional<PostHogIdentity> resolve();
}
