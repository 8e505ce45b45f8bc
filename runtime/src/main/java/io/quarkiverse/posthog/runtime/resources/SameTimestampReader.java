package io.quarkiverse.posthog.runtime.resources;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;

/**
 * Reads all events of one timestamp, if they do not fit on a page. They can only be read with an offset, and PostHog may return
 * them in a different order each time. A pass that returned an event twice has therefore missed another event. Passes continue
 * until one of them returned no event twice, or all passes together found as many events as a pass has.
 */
final class SameTimestampReader {

    /** PostHog rejects larger offsets. */
    private static final int MAX_OFFSET = 50_000;

    private static final int MAX_PASSES = 25;

    /** The maximum number of consecutive pages without a new event. A changing order does not cause so many. */
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

    /** Returns the events of the page that were not delivered yet. */
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
