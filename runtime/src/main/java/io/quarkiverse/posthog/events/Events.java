package io.quarkiverse.posthog.events;

import java.util.UUID;

import io.quarkiverse.posthog.Page;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The captured events.
 * <p>
 * Needs {@code personal-api-key} with the scope {@code query:read}. PostHog calls its events list deprecated and
 * recommends {@link io.quarkiverse.posthog.PostHog#query HogQL} instead.
 */
public interface Events {

    /** The events of the last 24 hours, newest first. See {@link #list(EventQuery)}. */
    @CheckReturnValue
    default Multi<Event> list() {
        return list(EventQuery.create());
    }

    /**
     * Every matching event exactly once, in the order asked for.
     * <p>
     * The window of time is fixed when the stream is subscribed to, so that events which arrive meanwhile do not disturb
     * it; it may be of any length. The walk neither loses events that share a timestamp at a page border nor trusts
     * PostHog's short pages, which leave out older events. Pages are fetched on demand, one at a time.
     */
    @CheckReturnValue
    Multi<Event> list(EventQuery query);

    /**
     * One page, as PostHog returns it: with newest first it may be short, and the last one, although older events exist.
     * For all events use {@link #list(EventQuery)}.
     */
    @CheckReturnValue
    Uni<Page<Event>> page(EventQuery query);

    /**
     * One event, with its person.
     * <p>
     * Fails with {@link io.quarkiverse.posthog.PostHogNotFoundException} when there is none.
     */
    @CheckReturnValue
    Uni<Event> get(UUID id);
}
