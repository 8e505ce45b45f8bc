package io.quarkiverse.posthog.testing;

import java.util.List;
import java.util.function.Predicate;

/**
 * The expectation on the selected events.
 *
 * @param text the description, which ends with "event" or "events"
 * @param after the description after the selection of the events
 * @param test whether the expectation is met
 * @param tooLate whether the expectation can no longer be met, because the number of events only increases
 */
record EventExpectation(String text, String after, Predicate<List<CapturedEvent>> test,
        Predicate<List<CapturedEvent>> tooLate) {

    static EventExpectation size(int size) {
        return new EventExpectation(size == 1 ? "1 event" : size + " events", "", found -> found.size() == size,
                found -> found.size() > size);
    }

    static EventExpectation some() {
        return new EventExpectation("events", "", found -> !found.isEmpty(), found -> false);
    }

    static EventExpectation none() {
        return new EventExpectation("no events", "", List::isEmpty, found -> true);
    }

    static EventExpectation names(List<String> names) {
        return new EventExpectation("events", " named, in this order, " + names, found -> namesOf(found).equals(names),
                found -> !isBeginning(namesOf(found), names));
    }

    private static List<String> namesOf(List<CapturedEvent> found) {
        return found.stream().map(CapturedEvent::event).toList();
    }

    private static boolean isBeginning(List<String> beginning, List<String> whole) {
        return beginning.size() <= whole.size() && whole.subList(0, beginning.size()).equals(beginning);
    }

    boolean holds(List<CapturedEvent> found) {
        return test.test(found);
    }

    boolean isTooLate(List<CapturedEvent> found) {
        return tooLate.test(found);
    }

    /** Returns whether the expectation is met without any event. */
    boolean holdsForNothing() {
        return holds(List.of());
    }
}
