package io.quarkiverse.posthog.runtime.functions.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkiverse.posthog.runtime.functions.FunctionError;
import io.quarkiverse.posthog.runtime.functions.FunctionException;
import io.quarkiverse.posthog.runtime.functions.Invocation;
import io.quarkiverse.posthog.runtime.functions.arguments.Arguments;
import io.smallrye.mutiny.Uni;

/**
 * Lists events, each exactly once over all pages. PostHog does not order events with the same timestamp, so this class orders
 * them by UUID, and a page is read until all events with the timestamp of its last row are known. The cursor contains the
 * bounds of the list, and the timestamp and UUID of the last row.
 */
final class EventList {

    private static final Duration DEFAULT_WINDOW = Duration.ofHours(24);

    /** The clock of this machine may be behind. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    /** PostHog can return timestamps in milliseconds, although it compares microseconds. */
    private static final Duration PRECISION = Duration.ofMillis(1);

    /** Events of the page before that PostHog returns again. */
    private static final int OVERLAP = 20;

    private static final Comparator<Event> ORDER = Comparator.comparing(Event::timestamp).reversed()
            .thenComparing(event -> event.id().toString());

    private static final String DEFAULT_HINT = "Only the last 24 hours were read; set after for older events.";

    /**
     * A position in the list.
     *
     * @param last the timestamp of the last row; null before the first row
     * @param uuid the UUID of the last row
     */
    private record Position(Instant after, Instant before, Instant last, UUID uuid) {

        static Position of(Arguments arguments) {
            ObjectNode json = arguments.position();
            if (json == null) {
                Instant before = arguments.instant("before").orElseGet(() -> Instant.now().plus(CLOCK_SKEW));
                return new Position(arguments.instant("after").orElseGet(() -> before.minus(DEFAULT_WINDOW)), before, null,
                        null);
            }
            try {
                return new Position(instant(json, "a"), instant(json, "b"), instant(json, "t"),
                        UUID.fromString(json.path("u").asText()));
            } catch (DateTimeParseException | IllegalArgumentException e) {
                throw new FunctionException(FunctionError.of(FunctionError.Type.VALIDATION, "cursor is invalid")
                        .field("cursor").hint("Start again without a cursor."));
            }
        }

        private static Instant instant(ObjectNode json, String name) {
            return Instant.parse(json.path(name).asText());
        }

        Position after(Event row) {
            return new Position(after, before, row.timestamp(), row.id());
        }

        ObjectNode json() {
            return JsonNodeFactory.instance.objectNode().put("a", after.toString()).put("b", before.toString())
                    .put("t", last.toString()).put("u", uuid.toString());
        }

        /** The exclusive bound from which on events are read. */
        Instant readBefore() {
            return last == null || last.plus(PRECISION).isAfter(before) ? before : last.plus(PRECISION);
        }

        boolean isReturned(Event event) {
            return last != null && (event.timestamp().isAfter(last)
                    || event.timestamp().equals(last) && event.id().toString().compareTo(uuid.toString()) <= 0);
        }
    }

    /** The events of a page, and those that are needed to know where it ends. */
    private static final class Collected {

        private final List<Event> events = new ArrayList<>();
        private final int limit;

        Collected(int limit) {
            this.limit = limit;
        }

        /** Returns whether the event is needed. */
        boolean needs(Event event) {
            return events.size() <= limit || event.timestamp().equals(events.get(limit - 1).timestamp());
        }

        List<Event> sorted() {
            events.sort(ORDER);
            return events;
        }
    }

    private EventList() {
    }

    static Uni<ObjectNode> read(Invocation call) {
        Arguments arguments = call.arguments();
        Position position = Position.of(arguments);
        int limit = arguments.number(CommonParameters.LIMIT);
        EventQuery query = EventQuery.create().event(arguments.textOrNull("event"))
                .distinctId(arguments.textOrNull("distinct_id")).personId(arguments.textOrNull("person_id"))
                .after(position.after()).before(position.readBefore()).pageSize(limit + OVERLAP)
                .offset(position.last() == null ? arguments.number(CommonParameters.OFFSET) : 0);
        Uni<Collected> collected = Uni.createFrom().deferred(() -> {
            Collected page = new Collected(limit);
            return call.account().posthog().events().list(query)
                    .select().where(event -> !position.isReturned(event))
                    .select().first(page::needs)
                    .invoke(page.events::add)
                    .collect().last().replaceWith(page);
        });
        return call.shaped(collected, page -> list(call, position, page.sorted(), limit));
    }

    private static ObjectNode list(Invocation call, Position position, List<Event> events, int limit) {
        List<Event> page = events.subList(0, Math.min(limit, events.size()));
        List<ObjectNode> rows = page.stream().map(event -> call.results().row(event, EventFunctions.ROW)).toList();
        boolean byDefault = events.isEmpty() && position.last() == null && !call.arguments().has("after");
        return call.results().list(rows, kept -> kept == 0 || kept == events.size() ? null
                : call.arguments().cursor(position.after(page.get(kept - 1)).json()), byDefault ? DEFAULT_HINT : null);
    }
}
