package io.quarkiverse.posthog.runtime.dev;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.quarkiverse.posthog.runtime.dev.RecentEvent.State;

/**
 * The stored events with the same name and account.
 *
 * @param queued the number of events that are queued or will be retried
 * @param latest the time when the latest of the events was captured, in ISO 8601
 */
public record EventCount(String event, String account, long queued, long delivered, long dropped, String latest) {

    /** Returns the counts, ordered by name and account. */
    static List<EventCount> of(List<RecentEvent> events) {
        return events.stream()
                .collect(Collectors.groupingBy(event -> List.of(Objects.toString(event.event().event()), event.account())))
                .values().stream().map(EventCount::count)
                .sorted(Comparator.comparing(EventCount::event).thenComparing(EventCount::account)).toList();
    }

    private static EventCount count(List<RecentEvent> events) {
        RecentEvent latest = events.stream().max(Comparator.comparing(RecentEvent::seen)).orElseThrow();
        return new EventCount(Objects.toString(latest.event().event()), latest.account(),
                count(events, state -> !state.isFinal()), count(events, State.DELIVERED::equals),
                count(events, State.DROPPED::equals), latest.seen().toString());
    }

    private static long count(List<RecentEvent> events, Predicate<State> states) {
        return events.stream().map(RecentEvent::state).filter(states).count();
    }
}
