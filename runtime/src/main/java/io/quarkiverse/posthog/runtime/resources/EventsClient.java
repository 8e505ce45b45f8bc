package io.quarkiverse.posthog.runtime.resources;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.Paging;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventOrder;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkiverse.posthog.events.Events;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.quarkiverse.posthog.runtime.rest.api.PathSegment;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.quarkiverse.posthog.runtime.rest.pagination.Paginator;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Reads events with PostHog's REST API. */
public final class EventsClient implements Events {

    private static final Operation<PostHogApi> LIST = Operation.read("events.list", Limit.ANALYTICS);
    private static final Operation<PostHogApi> PAGE = Operation.read("events.page", Limit.ANALYTICS);
    private static final Operation<PostHogApi> GET = Operation.read("events.get", Limit.ANALYTICS);

    /** The default window of PostHog Cloud. It is sent explicitly, because self-hosted instances have a different default. */
    private static final Duration DEFAULT_WINDOW = Duration.ofHours(24);

    /**
     * The time after now at which the window ends by default, as in PostHog, because the clock of this machine may be behind.
     */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    /** The minimum page size. With a smaller one, half a page is zero events, and an empty minute would look like the end. */
    private static final int MIN_PAGE_SIZE = 2;

    private static final ApiPath EVENTS = ApiPath.of("/api/projects/{project}/events/");
    private static final ApiPath EVENT = ApiPath.of("/api/projects/{project}/events/{id}/");

    private final ApiExecutor calls;

    public EventsClient(ApiExecutor calls) {
        this.calls = calls;
    }

    @Override
    public Multi<Event> list(EventQuery query) {
        Paging paging = query.paging();
        long requested = paging.limit() == null ? Long.MAX_VALUE : (long) paging.limit() + paging.offset();
        int pageSize = (int) Math.max(MIN_PAGE_SIZE, Math.min(paging.pageSize(), requested));
        Multi<Event> events = Multi.createFrom().deferred(() -> EventPaginator.of(window(query, pageSize),
                request -> fetch(LIST, parameters(query, request.after(), request.before(), request.ascending())
                        .with("limit", request.limit())
                        .with("offset", request.offset() == 0 ? null : request.offset())
                        .toMap()),
                problem -> calls.invalidResponse(LIST, problem)));
        // PostHog's own offset is deprecated, slow, and limited to 50,000
        Multi<Event> rest = paging.offset() == 0 ? events : events.skip().first(paging.offset());
        return paging.limit() == null ? rest : rest.select().first(paging.limit());
    }

    private static EventPaginator.Request window(EventQuery query, int pageSize) {
        Instant before = query.before() == null ? Instant.now().plus(CLOCK_SKEW) : query.before();
        Instant after = query.after() == null ? before.minus(DEFAULT_WINDOW) : query.after();
        return new EventPaginator.Request(floor(after), ceiling(before), query.order() == EventOrder.ASCENDING, pageSize, 0);
    }

    /**
     * Returns the window of a request. Bounds that are not dates are ignored, such as {@code -7d}, which PostHog also accepts.
     */
    private static EventWindow window(Map<String, String> parameters) {
        return new EventWindow(instant(parameters.get("after")), instant(parameters.get("before")));
    }

    private static Instant instant(String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Rounds down to PostHog's precision, which preserves the meaning of an exclusive lower bound. */
    private static Instant floor(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant ceiling(Instant instant) {
        Instant floor = floor(instant);
        return floor.equals(instant) ? floor : floor.plus(EventPaginator.TICK);
    }

    @Override
    public Uni<Page<Event>> page(EventQuery query) {
        return Uni.createFrom().deferred(() -> fetchPage(query));
    }

    private Uni<Page<Event>> fetchPage(EventQuery query) {
        Integer limit = query.paging().limit();
        if (limit != null && limit > EventQuery.MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("A page has at most " + EventQuery.MAX_PAGE_SIZE + " events, but limit is "
                    + limit + "; to get more events, use list");
        }
        return new Paginator<>(calls, PAGE, Event::id, parameters -> fetch(PAGE, parameters)
                .invoke(page -> window(parameters).check(page.results(), problem -> calls.invalidResponse(PAGE, problem))))
                .page(query.paging(), parameters(query, query.after(), query.before(), query.order() == EventOrder.ASCENDING));
    }

    @Override
    public Uni<Event> get(UUID id) {
        return calls.read(GET, Event.class, ApiCall.get(
                calls.inProject(EVENT).with("id", PathSegment.of("id", id.toString())), Map.of("include_person", "true")));
    }

    private Uni<PageResponse<Event>> fetch(Operation<PostHogApi> operation, Map<String, String> parameters) {
        return calls.read(operation, calls.pageReader(Event.class), ApiCall.get(calls.inProject(EVENTS), parameters));
    }

    private Parameters parameters(EventQuery query, Instant after, Instant before, boolean ascending) {
        return new Parameters(calls.mapper())
                .with("event", query.event())
                .with("distinct_id", query.distinctId())
                .with("person_id", query.personId())
                .with("after", after)
                .with("before", before)
                .with("properties", query.properties())
                .with("orderBy", ascending ? "[\"timestamp\"]" : "[\"-timestamp\"]")
                .with("include_person", query.includePerson() ? true : null);
    }
}
