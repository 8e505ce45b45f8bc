package io.quarkiverse.posthog.runtime.resources;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.runtime.rest.Links;
import io.quarkiverse.posthog.runtime.rest.PageResponse;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Walks a window of events so that each is delivered exactly once, although PostHog's own links do not lead there:
 * <ul>
 * <li>A link continues after the timestamp of the last event, and so skips the others that share it. This walk continues
 * one microsecond before it and leaves out what it had. A timestamp that fills whole pages is read by {@link TieGroup}.</li>
 * <li>Newest first, PostHog looks at the last minute, then the last five and so on, and stops when it has half a page: a
 * short page without a link says nothing about older events. This walk goes on until a page is empty.</li>
 * <li>PostHog refuses windows over 366 days. This walk cuts them.</li>
 * </ul>
 */
final class EventWalk {

    /** The precision of PostHog's timestamps. */
    static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);

    private static final Duration LONGEST_WINDOW = Duration.ofDays(365);

    /**
     * One request.
     *
     * @param after exclusive
     * @param before exclusive
     */
    record Request(Instant after, Instant before, boolean ascending, int limit, int offset) {
    }

    private final Function<Request, Uni<PageResponse<Event>>> fetch;
    private final Function<String, ? extends RuntimeException> nonsense;
    private final boolean ascending;
    private final int limit;

    private Instant after;
    private Instant before;
    /** The events at the edge of what is left that were delivered already. */
    private Set<UUID> delivered = Set.of();
    /** The timestamp being read on its own, or null. */
    private TieGroup ties;
    private boolean done;

    private EventWalk(Request window, Function<Request, Uni<PageResponse<Event>>> fetch,
            Function<String, ? extends RuntimeException> nonsense) {
        this.fetch = fetch;
        this.nonsense = nonsense;
        this.ascending = window.ascending();
        this.limit = window.limit();
        this.after = window.after();
        this.before = window.before();
        this.done = !after.isBefore(before);
    }

    /** The events of the window. Each subscription walks on its own. */
    static Multi<Event> of(Request window, Function<Request, Uni<PageResponse<Event>>> fetch,
            Function<String, ? extends RuntimeException> nonsense) {
        return Multi.createFrom().deferred(() -> {
            EventWalk walk = new EventWalk(window, fetch, nonsense);
            return Multi.createBy().repeating().uni(walk::next).whilst(events -> !walk.done)
                    .onItem().transformToIterable(Function.identity());
        });
    }

    private Uni<List<Event>> next() {
        if (done) {
            return Uni.createFrom().item(List.of());
        }
        if (ties != null) {
            return fetch.apply(ties.request(limit)).map(page -> {
                List<Event> events = ties.accept(page, limit);
                if (ties.complete()) {
                    continueBeyond(ties.timestamp());
                    ties = null;
                }
                return events;
            });
        }
        Request request = ascending
                ? new Request(after, earlier(before, after.plus(LONGEST_WINDOW)), true, limit, 0)
                : new Request(later(after, before.minus(LONGEST_WINDOW)), before, false, limit, 0);
        return fetch.apply(request).map(page -> accept(request, page));
    }

    private List<Event> accept(Request request, PageResponse<Event> page) {
        List<Event> events = page.results();
        if (events.stream().anyMatch(event -> event.id() == null || event.timestamp() == null)) {
            throw nonsense.apply("a page of events has one without id or timestamp");
        }
        boolean cut = page.next() != null || events.size() >= limit;
        if (events.isEmpty()) {
            if (cut) {
                continueAt(bound(page.next()));
            } else {
                endOf(request);
            }
            return events;
        }
        List<Event> fresh = events.stream().filter(event -> !delivered.contains(event.id())).toList();
        Instant last = events.get(events.size() - 1).timestamp();
        if (cut && events.get(0).timestamp().equals(last)) {
            ties = new TieGroup(last, delivered, nonsense);
            ties.deliver(fresh);
        } else if (cut) {
            if (fresh.isEmpty()) {
                throw nonsense.apply("a page of events repeats what was read already");
            }
            continueAt(last);
            delivered = events.stream().filter(event -> event.timestamp().equals(last)).map(Event::id)
                    .collect(Collectors.toSet());
        } else if (ascending) {
            endOf(request);
        } else {
            continueBeyond(last);
        }
        return fresh;
    }

    /** Go on with what is at the timestamp or behind it. */
    private void continueAt(Instant timestamp) {
        if (ascending) {
            after = timestamp.minus(TICK);
        } else {
            before = timestamp.plus(TICK);
        }
        done = !after.isBefore(before);
    }

    /** Go on with what is behind the timestamp; nothing is left at it. */
    private void continueBeyond(Instant timestamp) {
        delivered = Set.of();
        if (ascending) {
            after = timestamp;
        } else {
            before = timestamp;
        }
        done = !after.isBefore(before);
    }

    /** Everything in the window of the request was read. */
    private void endOf(Request request) {
        delivered = Set.of();
        if (ascending) {
            done = !request.before().isBefore(before);
            after = request.before().minus(TICK);
        } else {
            done = !request.after().isAfter(after);
            before = request.after().plus(TICK);
        }
    }

    /** An empty page can only be left by its link. */
    private Instant bound(String link) {
        String name = ascending ? "after" : "before";
        Instant bound;
        try {
            Map<String, String> parameters = Links.parameters(link);
            bound = OffsetDateTime.parse(parameters.getOrDefault(name, "")).toInstant();
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw nonsense.apply("an empty page of events has a link without a usable '" + name + "'");
        }
        boolean progress = ascending ? bound.isAfter(after) : bound.isBefore(before);
        if (!progress) {
            throw nonsense.apply("an empty page of events has a link that leads nowhere");
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
