package io.quarkiverse.posthog.emulator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StoredEvent;
import io.quarkiverse.posthog.emulator.store.StoredPerson;
import io.quarkiverse.posthog.emulator.store.StoredPropertyFilter;
import io.quarkiverse.posthog.emulator.store.TimeRange;

/** The parameters of an event list, and the rows they select. */
final class EventListQuery {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;
    private static final int MAX_OFFSET = 50_000;
    private static final Duration INGESTION_LAG = Duration.ofSeconds(5);
    private static final Duration CLOUD_WINDOW = Duration.ofHours(24);
    private static final Duration MAX_SPAN = Duration.ofDays(366);
    private static final JsonNode NEWEST_FIRST = EmulatorJson.array(List.of("-timestamp"));
    /** Searches for the newest events in increasing windows, because a small window is usually sufficient. */
    private static final List<Duration> PROBED_WINDOWS = List.of(Duration.ofSeconds(60), Duration.ofMinutes(5),
            Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24));

    private final Project project;
    private final int limit;
    private final int offset;
    private final boolean descending;
    private final Instant before;
    private final Instant after;
    private final Predicate<StoredEvent> condition;

    EventListQuery(Project project, ApiRequest request) {
        this.project = project;
        this.limit = Math.min(MAX_LIMIT, limit(request));
        this.offset = offset(request);
        this.descending = request.text("orderBy").map(EventListQuery::isNewestFirst).orElse(true);
        Instant now = project.now();
        this.before = request.date("before", now).orElse(now.plus(INGESTION_LAG));
        this.after = request.date("after", now).orElse(project.cloud() ? before.minus(CLOUD_WINDOW) : Instant.MIN);
        if (!after.equals(Instant.MIN) && Duration.between(after, before).compareTo(MAX_SPAN) > 0) {
            throw ApiException.serverError();
        }
        this.condition = condition(request);
    }

    private static int limit(ApiRequest request) {
        OptionalLong value = ApiRequest.integer(request.param("limit").orElse(Integer.toString(DEFAULT_LIMIT)));
        // PostHog does not check this parameter, it fails on it
        return (int) Math.min(MAX_LIMIT, value.stream().filter(n -> n >= 0).findFirst()
                .orElseThrow(ApiException::serverError));
    }

    private static int offset(ApiRequest request) {
        int offset = request.count("offset", 0);
        if (offset > MAX_OFFSET) {
            throw ApiException.invalid("Offset is deprecated. Max supported offset value is " + MAX_OFFSET);
        }
        return offset;
    }

    private static boolean isNewestFirst(String orderBy) {
        return EmulatorJson.tryParse(orderBy).orElseThrow(ApiException::serverError).equals(NEWEST_FIRST);
    }

    int limit() {
        return limit;
    }

    boolean descending() {
        return descending;
    }

    /** Returns up to one row more than the limit, which indicates that a next page exists. */
    List<StoredEvent> rows() {
        if (descending) {
            for (Duration window : PROBED_WINDOWS) {
                Instant start = before.minus(window);
                if (!start.isAfter(after)) {
                    break;
                }
                List<StoredEvent> rows = rowsAfter(start);
                if (2 * rows.size() >= limit) {
                    return rows;
                }
            }
        }
        return rowsAfter(after);
    }

    private List<StoredEvent> rowsAfter(Instant start) {
        return project.events().stream(TimeRange.between(start, before), descending).filter(condition).skip(offset)
                .limit(limit + 1L).toList();
    }

    private Predicate<StoredEvent> condition(ApiRequest request) {
        Optional<String> event = request.text("event");
        Optional<String> distinctId = request.text("distinct_id");
        Optional<String> personId = request.text("person_id");
        // Actions are not supported, and an unknown action matches no event
        boolean action = request.text("action_id").isPresent();
        List<StoredPropertyFilter> filters = request.text("properties").map(EventListQuery::filters).orElse(List.of());
        return row -> !action && event.map(row.event()::equals).orElse(true)
                && distinctId.map(row.distinctId()::equals).orElse(true)
                && personId.map(id -> isPerson(row, id)).orElse(true)
                && filters.stream().allMatch(filter -> matches(row, filter));
    }

    private static List<StoredPropertyFilter> filters(String text) {
        try {
            return StoredPropertyFilter.list(EmulatorJson.tryParse(text).orElseThrow(IllegalArgumentException::new));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("Properties are unparsable!");
        }
    }

    private boolean isPerson(StoredEvent row, String id) {
        return project.personOf(row)
                .map(person -> person.uuid().toString().equals(id) || Long.toString(person.id()).equals(id)).orElse(false);
    }

    private boolean matches(StoredEvent row, StoredPropertyFilter filter) {
        try {
            return switch (filter.type()) {
                case "person" ->
                    filter.matches(project.personOf(row).map(StoredPerson::properties).orElseGet(EmulatorJson::object));
                case "cohort" -> project.personOf(row).map(person -> inCohort(person, filter)).orElse(false);
                default -> filter.matches(row.properties());
            };
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(e.getMessage());
        }
    }

    private boolean inCohort(StoredPerson person, StoredPropertyFilter filter) {
        boolean in = project.cohorts().documents().find(filter.value().asLong())
                .map(cohort -> project.cohorts().contains(cohort, person)).orElse(false);
        return in != ("not_in".equals(filter.operator()) || filter.negation());
    }
}
