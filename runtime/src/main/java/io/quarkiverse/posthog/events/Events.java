package io.quarkiverse.posthog.events;

import java.util.UUID;

import io.quarkiverse.posthog.Page;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Reads captured events.
 * <p>
 * Requires {@code personal-api-key} with the scope {@code query:read}. PostHog calls its events list deprecated and
 * recommends {@link io.quarkiverse.posthog.PostHog#query HogQL} instead.
 */
public interface Events {

    /**
     * Lists the events of the last 24 hours, newest first. Shorthand for {@link #list(EventQuery)} with {@link
     * EventQuery#create}.
     */
    @CheckReturnValue
    default Multi<Event> list() {
        return list(EventQuery.create());
    }

    /**
     * Lists every matching event exactly once, in the requested order.
     * <p>
     * The time window is fixed at subscription, so events that arrive later are not included. It can have any length. The
     * stream includes all events that share a timestamp across a page boundary, and older events that PostHog's short
     * pages omit. Fetches pages on demand, one at a time.
     */
    @CheckReturnValue
    Multi<Event> list(EventQuery query);

    /**
     * Returns one page, as PostHog returns it. With newest first, it can be short, or the last page, although older events
     * exist. To get all events, use {@link #list(EventQuery)}.
     */
    @CheckReturnValue
    Uni<Page<Event>> page(EventQuery query);

    /**
     * Returns an event, with its person.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} if it does not exist.
     */
    @CheckReturnValue
    Uni<Event> get(UUID id);
}
