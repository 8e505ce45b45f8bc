package io.quarkiverse.posthog.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.quarkiverse.posthog.Paging;
import io.quarkiverse.posthog.PropertyFilter;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * A query for events. Immutable: each method returns a modified copy.
 *
 * @param event the exact event name, null for all events
 * @param distinctId the exact distinct ID, null for all
 * @param personId the UUID or the numeric ID of a person, null for all persons
 * @param after the exclusive lower bound of the timestamp; null for 24 hours before {@code before} ({@code list}), or for
 *        PostHog's default ({@code page}), which is 24 hours on PostHog Cloud, and unlimited on self-hosted instances
 * @param before the exclusive upper bound of the timestamp; null for now
 * @param properties filters on properties, all of which must match
 * @param order the order of the events
 * @param includePerson whether the events include their person
 * @param paging the offset, the limit and the page size; the page size is at most 1000
 */
public record EventQuery(String event, String distinctId, String personId, Instant after, Instant before,
        List<PropertyFilter> properties, EventOrder order, boolean includePerson, Paging paging) {

    /** The maximum page size. PostHog silently reduces larger page sizes. */
    public static final int MAX_PAGE_SIZE = 1000;

    public EventQuery {
        properties = List.copyOf(properties);
        if (paging.pageSize() > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("pageSize must be at most " + MAX_PAGE_SIZE
                    + " for events, because PostHog truncates larger pages, but was " + paging.pageSize());
        }
    }

    /** Returns a query for the events of the last 24 hours, newest first. */
    public static EventQuery create() {
        return new EventQuery(null, null, null, null, null, List.of(), EventOrder.DESCENDING, false, Paging.ALL);
    }

    /** Selects events with this name. */
    @CheckReturnValue
    public EventQuery event(String event) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }

    /** Selects events with this distinct ID. */
    @CheckReturnValue
    public EventQuery distinctId(String distinctId) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }

    /** Selects events of the person with the given UUID or numeric ID. */
    @CheckReturnValue
    public EventQuery personId(String personId) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }

    /** Selects events of this person. */
    @CheckReturnValue
    public EventQuery personId(UUID personId) {
        return personId(personId.toString());
    }

    /** Selects events after this time (exclusive). */
    @CheckReturnValue
    public EventQuery after(Instant after) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }

    /** Selects events before this time (exclusive). */
    @CheckReturnValue
    public EventQuery before(Instant before) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }

    /** Adds a filter on a property. All filters must match. */
    @CheckReturnValue
    public EventQuery property(PropertyFilter property) {
        List<PropertyFilter> all = new ArrayList<>(properties);
        all.add(property);
        return new EventQuery(event, distinctId, personId, after, before, all, order, includePerson, paging);
    }

    /** Sets the order of the events. */
    @CheckReturnValue
    public EventQuery order(EventOrder order) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }

    /** Sets whether the events include their person. */
    @CheckReturnValue
    public EventQuery includePerson(boolean includePerson) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }

    /** Sets the maximum number of events to return. */
    @CheckReturnValue
    public EventQuery limit(int limit) {
        return paging(paging.limit(limit));
    }

    /**
     * Skips the given number of events at the start. {@code list} reads and discards them. {@code page} sends the offset to
     * PostHog, which rejects values over 50,000 and is slow for large values. Prefer time bounds.
     */
    @CheckReturnValue
    public EventQuery offset(int offset) {
        return paging(paging.offset(offset));
    }

    /** Sets the number of events per request, at most {@value #MAX_PAGE_SIZE}. */
    @CheckReturnValue
    public EventQuery pageSize(int pageSize) {
        return paging(paging.pageSize(pageSize));
    }

    private EventQuery paging(Paging paging) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }
}
