package io.quarkiverse.posthog.runtime.resources;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;
import io.quarkiverse.posthog.runtime.rest.pagination.NextPageLink;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Reads a window of events so that each event is delivered exactly once, which PostHog's own links do not achieve:
 * <ul>
 * <li>A link continues after the timestamp of the last event, and therefore skips other events with the same timestamp. This
 * class continues one microsecond before it, and omits the events that it has already delivered. A timestamp that fills
 * whole pages is read by {@link SameTimestampReader}.</li>
 * <li>Newest first, PostHog searches the last minute, then the last five minutes, and longer windows, and stops when it has
 * half a page.
 * After a short page without a link, there can be older events. This class continues until a page has no new events.</li>
 * <li>PostHog rejects windows over 366 days. This class splits them.</li>
 * </ul>
 * Reading fails if the timestamps that PostHog returns differ from the timestamps that it compares with the window, because
 * events would be skipped or delivered twice. This is detected by an event outside the window, or by a page that does not begin
 * with the last events of the previous page, which its window includes.
 */
final class EventPaginator {

    /** The precision of PostHog's timestamps. */
    static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);

    private static final Duration LONGEST_WINDOW = Duration.ofDays(365);

    /** The maximum number of consecutive empty pages with a link. PostHog is not expected to return any. */
    private static final int MAX_EMPTY_PAGES = 100;

    /**
     * A request for a page.
     *
     * @param after the exclusive lower bound
     * @param before the exclusive upper bound
     */
    record Request(Instant after, Instant before, boolean ascending, int limit, int offset) {

        EventWindow window() {
            return new EventWindow(after, before);
        }
    }

    private final Function<Request, Uni<PageResponse<Event>>> fetch;
    private final Function<String, ? extends RuntimeException> invalidResponse;
    private final boolean ascending;
    private final int limit;

    private Instant after;
    private Instant before;
    /** The timestamp of the last event; null at the beginning of a window. */
    private Instant edge;
    /** Whether the next page must contain the events at the edge again. */
    private boolean overlaps;
    /** The events at the edge, which were already delivered. */
    private Set<UUID> delivered = Set.of();
    /** The first event of the last page. */
    private Event first;
    /** Whether the last page was so short that PostHog had searched the whole window for it. */
    private boolean complete;
    private int emptyPages;
    /** The timestamp being read on its own, or null. */
    private SameTimestampReader ties;
    private boolean done;

    private EventPaginator(Request window, Function<Request, Uni<PageResponse<Event>>> fetch,
            Function<String, ? extends RuntimeException> invalidResponse) {
        this.fetch = fetch;
        this.invalidResponse = invalidResponse;
        this.ascending = window.ascending();
        this.limit = window.limit();
        this.after = window.after();
        this.before = window.before();
        this.done = !after.isBefore(before);
    }

    /** Returns the events of the window. Each subscription reads them independently. */
    static Multi<Event> of(Request window, Function<Request, Uni<PageResponse<Event>>> fetch,
            Function<String, ? extends RuntimeException> invalidResponse) {
        return Multi.createFrom().deferred(() -> {
            EventPaginator paginator = new EventPaginator(window, fetch, invalidResponse);
            return Multi.createBy().repeating().uni(paginator::next).whilst(events -> !paginator.done)
                    .onItem().transformToIterable(Function.identity());
        });
    }

    private Uni<List<Event>> next() {
        if (done) {
            return Uni.createFrom().item(List.of());
        }
        if (ties != null) {
            return read(ties.request(limit)).map(page -> {
                List<Event> events = ties.accept(page, limit);
                if (ties.complete()) {
                    delivered = ties.delivered();
                    continueBeyond(ties.timestamp());
                    ties = null;
                }
                return events;
            });
        }
        Request request = ascending
                ? new Request(after, earlier(before, after.plus(LONGEST_WINDOW)), true, limit, 0)
                : new Request(later(after, before.minus(LONGEST_WINDOW)), before, false, limit, 0);
        return read(request).chain(page -> continues(page)
                ? Uni.createFrom().item(() -> accept(request, page))
                : confirmAll(page).map(confirmed -> accept(request, page)));
    }

    private Uni<PageResponse<Event>> read(Request request) {
        return fetch.apply(request).invoke(page -> {
            if (page.results().stream().anyMatch(event -> event.id() == null || event.timestamp() == null)) {
                throw invalidResponse.apply("a page of events has one without id or timestamp");
            }
            request.window().check(page.results(), invalidResponse);
        });
    }

    private boolean isCut(PageResponse<Event> page) {
        return page.next() != null || page.results().size() >= limit;
    }

    /** Returns whether a page contains the edge again, which its window includes. */
    private boolean continues(PageResponse<Event> page) {
        return !overlaps || isAt(edge, page) || complete && page.results().isEmpty() && !isCut(page);
    }

    private static boolean isAt(Instant timestamp, PageResponse<Event> page) {
        return page.results().stream().anyMatch(event -> event.timestamp().equals(timestamp));
    }

    /**
     * Handles a page without the edge: either the events at the edge were deleted, or the timestamps are wrong. Only in
     * the first case, PostHog finds the other events at the timestamps that it returned for them. Events of both pages
     * are checked, because with daylight saving time, the time zone can be wrong on only one of them.
     */
    private Uni<Void> confirmAll(PageResponse<Event> page) {
        return page.results().isEmpty() ? confirm(first)
                : confirm(page.results().get(0)).chain(() -> confirm(first));
    }

    private Uni<Void> confirm(Event event) {
        Instant timestamp = event.timestamp();
        Request request = new Request(timestamp.minus(TICK), timestamp.plus(EventWindow.MILLISECOND), true, limit, 0);
        return read(request).invoke(page -> {
            if (!isAt(timestamp, page)) {
                throw invalidResponse.apply("PostHog returned event " + event.id() + " with the timestamp " + timestamp
                        + ", but no event of that time for the requested window (" + request.window() + "). "
                        + EventWindow.LIKELY_CAUSE);
            }
        }).replaceWithVoid();
    }

    private List<Event> accept(Request request, PageResponse<Event> page) {
        List<Event> events = page.results();
        boolean cut = isCut(page);
        if (events.isEmpty()) {
            if (cut) {
                continueAtLink(page.next());
            } else {
                endOf(request);
            }
            return events;
        }
        emptyPages = 0;
        List<Event> fresh = fresh(events);
        Instant last = events.get(events.size() - 1).timestamp();
        boolean advances = edge == null || isBeyond(edge, last);
        if (cut && events.get(0).timestamp().equals(last) && last.isAfter(request.after())
                && last.isBefore(request.before())) {
            ties = new SameTimestampReader(last, advances ? Set.of() : delivered, invalidResponse);
            ties.deliver(fresh);
        } else if (!advances && (cut || !overlaps)) {
            throw invalidResponse.apply("a page of events does not advance: PostHog returned event "
                    + events.get(events.size() - 1).id() + " with the timestamp " + last + " for the requested window ("
                    + request.window() + "), which was read up to there. " + EventWindow.LIKELY_CAUSE);
        } else if (cut || !ascending && advances) {
            continueAt(last, events);
            complete = !cut && isComplete(events);
        } else if (ascending || isComplete(events)) {
            endOf(request);
        } else {
            continueBeyond(last);
        }
        return fresh;
    }

    /**
     * Returns whether PostHog has searched the whole window. Newest first, it does so only if it found less than half a page in
     * shorter windows.
     */
    private boolean isComplete(List<Event> events) {
        return events.size() < limit / 2;
    }

    /** Omits events that were already delivered, and events that arrived in the part of the window that was already read. */
    private List<Event> fresh(List<Event> events) {
        Set<UUID> seen = new HashSet<>(delivered);
        return events.stream().filter(event -> edge == null || !isBeyond(event.timestamp(), edge))
                .filter(event -> seen.add(event.id())).toList();
    }

    /** Returns whether the other timestamp is read after the timestamp. */
    private boolean isBeyond(Instant timestamp, Instant other) {
        return ascending ? other.isAfter(timestamp) : other.isBefore(timestamp);
    }

    /** Continues with the events at the timestamp and after it in the order of reading. */
    private void continueAt(Instant timestamp, List<Event> events) {
        if (ascending) {
            after = later(after, timestamp.minus(TICK));
        } else {
            before = earlier(before, timestamp.plus(precision(events)));
        }
        edge = timestamp;
        overlaps = true;
        first = events.get(0);
        delivered = events.stream().filter(event -> event.timestamp().equals(timestamp)).map(Event::id)
                .collect(Collectors.toSet());
        done = !after.isBefore(before);
    }

    /**
     * Returns the precision of the timestamps. If they are truncated to milliseconds, an event can be up to one millisecond
     * later.
     */
    private static Duration precision(List<Event> events) {
        return events.stream().allMatch(event -> event.timestamp().getNano() % 1_000_000 == 0) ? EventWindow.MILLISECOND
                : TICK;
    }

    /** Continues with the events after the timestamp in the order of reading. All events at the timestamp were read. */
    private void continueBeyond(Instant timestamp) {
        edge = timestamp;
        overlaps = false;
        if (ascending) {
            after = timestamp;
        } else {
            before = timestamp;
        }
        done = !after.isBefore(before);
    }

    /** Continues after the window of a request, which was read completely. */
    private void endOf(Request request) {
        forgetEdge();
        if (ascending) {
            done = !request.before().isBefore(before);
            after = request.before().minus(TICK);
        } else {
            done = !request.after().isAfter(after);
            before = request.after().plus(TICK);
        }
    }

    private void forgetEdge() {
        edge = null;
        overlaps = false;
        delivered = Set.of();
    }

    /** Continues with the link of an empty page. */
    private void continueAtLink(String link) {
        if (++emptyPages > MAX_EMPTY_PAGES) {
            throw invalidResponse.apply("more than " + MAX_EMPTY_PAGES + " empty pages of events in a row link to another one");
        }
        Instant bound = bound(link);
        forgetEdge();
        if (ascending) {
            after = bound.minus(TICK);
        } else {
            before = bound.plus(TICK);
        }
        done = !after.isBefore(before);
    }

    private Instant bound(String link) {
        String name = ascending ? "after" : "before";
        Instant bound;
        try {
            Map<String, String> parameters = NextPageLink.parameters(link);
            bound = OffsetDateTime.parse(parameters.getOrDefault(name, "")).toInstant();
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw invalidResponse.apply("an empty page of events has a link without a usable '" + name + "'");
        }
        boolean progress = ascending ? bound.isAfter(after) : bound.isBefore(before);
        if (!progress) {
            throw invalidResponse.apply("an empty page of events has a link that leads nowhere");
        }
        return bound;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
