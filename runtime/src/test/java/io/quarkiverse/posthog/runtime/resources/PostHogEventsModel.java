package io.quarkiverse.posthog.runtime.resources;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.runtime.resources.EventPaginator.Request;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;
import io.smallrye.mutiny.Uni;

/** PostHog's events list in memory, with the oddities of the real one. */
final class PostHogEventsModel {

    private static final int MAX_LIMIT = 1000;
    private static final int MAX_OFFSET = 50_000;
    private static final Duration MAX_SPAN = Duration.ofDays(366);
    /** How far PostHog looks back, newest first, before it looks at all of the window. */
    private static final List<Duration> PROBES = List.of(Duration.ofSeconds(60), Duration.ofMinutes(5),
            Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24));

    /** In which order events of the same timestamp come. */
    enum Ties {
        STABLE,
        /** In another one with each request. */
        SHUFFLED
    }

    private final List<Event> events = new ArrayList<>();
    private final Random random;
    private final Ties ties;
    private Consumer<PostHogEventsModel> betweenRequests = model -> {
    };
    private UnaryOperator<Instant> shown = UnaryOperator.identity();
    private int requests;

    PostHogEventsModel(Random random, Ties ties) {
        this.random = random;
        this.ties = ties;
    }

    /** What happens before each request but the first. */
    PostHogEventsModel betweenRequests(Consumer<PostHogEventsModel> change) {
        betweenRequests = change;
        return this;
    }

    /** The timestamps that are returned, while windows are still compared with the real ones. */
    PostHogEventsModel showing(UnaryOperator<Instant> shown) {
        this.shown = shown;
        return this;
    }

    void removeIf(Predicate<Event> condition) {
        events.removeIf(condition);
    }

    Event add(Instant timestamp) {
        Event event = new Event(new UUID(random.nextLong(), random.nextLong()), "event", "user", timestamp, Map.of(), null,
                List.of(), "", Map.of());
        events.add(event);
        return event;
    }

    int requests() {
        return requests;
    }

    /** The events of the window, in the order of their timestamps. */
    List<Event> between(Instant after, Instant before, boolean ascending) {
        Comparator<Event> order = Comparator.comparing(Event::timestamp);
        return events.stream()
                .filter(event -> event.timestamp().isAfter(after) && event.timestamp().isBefore(before))
                .sorted((ascending ? order : order.reversed()).thenComparing(Event::id))
                .toList();
    }

    Uni<PageResponse<Event>> fetch(Request request) {
        return Uni.createFrom().item(() -> {
            if (requests++ > 0) {
                betweenRequests.accept(this);
            }
            return answer(request);
        });
    }

    private PageResponse<Event> answer(Request request) {
        if (Duration.between(request.after(), request.before()).compareTo(MAX_SPAN) > 0) {
            throw new AssertionError("500 A server error occurred: the window is too long");
        }
        if (request.offset() > MAX_OFFSET) {
            throw new AssertionError("400 Offset is deprecated. Max supported offset value is 50000");
        }
        int limit = Math.min(MAX_LIMIT, request.limit());
        if (!request.ascending()) {
            for (Duration probe : PROBES) {
                Instant from = request.before().minus(probe);
                if (from.isAfter(request.after())) {
                    PageResponse<Event> page = page(request, from, limit);
                    if (page.results().size() >= limit / 2) {
                        return page;
                    }
                }
            }
        }
        return page(request, request.after(), limit);
    }

    private PageResponse<Event> page(Request request, Instant after, int limit) {
        List<Event> all = ordered(between(after, request.before(), request.ascending()));
        List<Event> rows = all.stream().skip(request.offset()).limit(limit).map(this::shown).toList();
        String next = null;
        if (rows.size() == limit) {
            String last = rows.get(rows.size() - 1).timestamp().toString().replace("Z", "+00:00");
            next = "https://us.posthog.com/api/projects/1/events/?limit=" + limit
                    + (request.ascending() ? "&after=" : "&before=")
                    + URLEncoder.encode(last, StandardCharsets.UTF_8);
        }
        return new PageResponse<>(null, next, rows);
    }

    private Event shown(Event event) {
        return new Event(event.id(), event.event(), event.distinctId(), shown.apply(event.timestamp()), event.properties(),
                event.person(), event.elements(), event.elementsChain(), event.additionalProperties());
    }

    private List<Event> ordered(List<Event> sorted) {
        if (ties == Ties.STABLE) {
            return sorted;
        }
        List<Event> shuffled = new ArrayList<>(sorted);
        for (int from = 0, to; from < shuffled.size(); from = to) {
            Instant timestamp = shuffled.get(from).timestamp();
            to = from + 1;
            while (to < shuffled.size() && shuffled.get(to).timestamp().equals(timestamp)) {
                to++;
            }
            Collections.shuffle(shuffled.subList(from, to), random);
        }
        return shuffled;
    }
}
