package io.quarkiverse.posthog.runtime.resources;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.runtime.rest.PageResponse;

/**
 * Reads all events of one timestamp, when there are more than fit on a page. Only an offset leads through them, and PostHog
 * may return them in another order each time: a pass in which an event came twice has left out another one. It is repeated,
 * until one pass was clean or all of them together found as many events as there are.
 */
final class SameTimestampReader {

    /** PostHog refuses larger offsets. */
    private static final int MAX_OFFSET = 50_000;

    private static final int MAX_PASSES = 25;

    /** Pages in a row that add nothing to a pass. Even in an order that changes all the time, there are never so many. */
    private static final int MAX_REPEATED_PAGES = 50;

    private final Instant timestamp;
    private final Function<String, ? extends RuntimeException> nonsense;
    private final Set<UUID> delivered;

    private final Set<UUID> pass = new HashSet<>();
    private int offset;
    private int repeatedPages;
    private int passes;
    private boolean complete;

    SameTimestampReader(Instant timestamp, Set<UUID> delivered, Function<String, ? extends RuntimeException> nonsense) {
        this.timestamp = timestamp;
        this.delivered = new HashSet<>(delivered);
        this.nonsense = nonsense;
    }

    Instant timestamp() {
        return timestamp;
    }

    boolean complete() {
        return complete;
    }

    Set<UUID> delivered() {
        return delivered;
    }

    void deliver(List<Event> events) {
        events.forEach(event -> delivered.add(event.id()));
    }

    EventPaginator.Request request(int limit) {
        return new EventPaginator.Request(timestamp.minus(EventPaginator.TICK), timestamp.plus(EventPaginator.TICK), true,
                limit, offset);
    }

    /** The events of the page that were not delivered yet. */
    List<Event> accept(PageResponse<Event> page, int limit) {
        List<Event> events = page.results();
        if (offset == 0 && events.isEmpty()) {
            throw nonsense.apply("PostHog returned events with the timestamp " + timestamp + " such as "
                    + delivered.iterator().next() + ", but none for the requested window (" + request(limit).window() + "). "
                    + EventWindow.LIKELY_CAUSE);
        }
        int known = pass.size();
        events.forEach(event -> pass.add(event.id()));
        repeatedPages = pass.size() > known ? 0 : repeatedPages + 1;
        if (repeatedPages > MAX_REPEATED_PAGES) {
            throw nonsense.apply("PostHog returns the same events of " + timestamp + " again and again, such as "
                    + delivered.iterator().next() + ", for every offset up to " + offset);
        }
        offset += events.size();
        boolean cut = !events.isEmpty() && (page.next() != null || events.size() >= limit);
        if (!cut) {
            endPass();
        } else if (offset > MAX_OFFSET) {
            throw nonsense.apply("more than " + MAX_OFFSET + " events share the timestamp " + timestamp
                    + ", which PostHog's events list can't return; read them with a HogQL query");
        }
        return events.stream().filter(event -> event.timestamp().equals(timestamp))
                .filter(event -> delivered.add(event.id())).toList();
    }

    private void endPass() {
        complete = pass.size() == offset || delivered.size() == offset;
        if (!complete && ++passes == MAX_PASSES) {
            throw nonsense.apply("PostHog returns the events of " + timestamp + " in an order that changes from page to page; "
                    + "read them with a HogQL query");
        }
        pass.clear();
        repeatedPages = 0;
        offset = 0;
    }
}
