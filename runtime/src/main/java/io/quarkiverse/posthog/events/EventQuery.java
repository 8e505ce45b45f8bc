package io.quarkiverse.posthog.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.quarkiverse.posthog.Paging;
import io.quarkiverse.posthog.PropertyFilter;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * Which events to list. Immutable: each method returns a changed copy.
 *
 * @param event the exact event name, null for all
 * @param distinctId the exact distinct id, null for all
 * @param personId the uuid or the numeric id of a person, null for all
 * @param after only events that happened later than this; null for 24 hours before {@code before} ({@code list}), or for
 *        PostHog's default, which is the same on PostHog Cloud and everything elsewhere ({@code page})
 * @param before only events that happened earlier than this; null for now
 * @param properties conditions on properties, all of which must hold
 * @param order oldest or newest first
 * @param includePerson whether the events tell about their person
 * @param paging how much to read; the page size is at most 1000
 */
public record EventQuery(String event, String distinctId, String personId, Instant after, Instant before,
        List<PropertyFilter> properties, EventOrder order, boolean includePerson, Paging paging) {

    /** PostHog silently cuts larger pages of events down to this size. */
    public static final int MAX_PAGE_SIZE = 1000;

    public EventQuery {
        properties = List.copyOf(properties);
        if (paging.pageSize() > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("pageSize must be at most " + MAX_PAGE_SIZE
                    + " for events, as PostHog cuts larger pages, but was " + paging.pageSize());
        }
    }

    /** The events of the last 24 hours, newest first. */
    public static EventQuery create() {
        return new EventQuery(null, null, null, null, null, List.of(), EventOrder.DESCENDING, false, Paging.ALL);
    }

    /** Only events of this name. */
    @CheckReturnValue
    public EventQuery event(String event) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }

    /** Only events of this distinct id. */
    @CheckReturnValue
    public EventQuery distinctId(String distinctId) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }

    /** Only events of this person, by uuid or numeric id. */
    @CheckReturnValue
    public EventQuery personId(String personId) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }

    /** Only events of this person. */
    @CheckReturnValue
    public EventQuery personId(UUID personId) {
        return personId(personId.toString());
    }

    /** Only events that happened later than this. */
    @CheckReturnValue
    public EventQuery after(Instant after) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }

    /** Only events that happened earlier than this. */
    @CheckReturnValue
    public EventQuery before(Instant before) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }

    /** Adds a condition on a property; all conditions must hold. */
    @CheckReturnValue
    public EventQuery property(PropertyFilter property) {
        List<PropertyFilter> all = new ArrayList<>(properties);
        all.add(property);
        return new EventQuery(event, distinctId, personId, after, before, all, order, includePerson, paging);
    }

    /** Sets whether to begin with the oldest or the newest event. */
    @CheckReturnValue
    public EventQuery order(EventOrder order) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }

    /** Sets whether the events tell about their person. */
    @CheckReturnValue
    public EventQuery includePerson(boolean includePerson) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }

    /** Sets how many events to return at the most. */
    @CheckReturnValue
    public EventQuery limit(int limit) {
        return paging(paging.limit(limit));
    }

    /**
     * Leaves out this many events at the start. {@code list} reads and drops them; {@code page} leaves it to PostHog, which
     * refuses more than 50,000 and is slow at it. Prefer dates.
     */
    @CheckReturnValue
    public EventQuery offset(int offset) {
        return paging(paging.offset(offset));
    }

    /** Sets how many events to ask for in one request, at most {@value #MAX_PAGE_SIZE}. */
    @CheckReturnValue
    public EventQuery pageSize(int pageSize) {
        return paging(paging.pageSize(pageSize));
    }

    private EventQuery paging(Paging paging) {
        return new EventQuery(event, distinctId, personId, after, before, properties, order, includePerson, paging);
    }
}
