package io.quarkiverse.posthog.testing;

import java.util.List;
import java.util.function.Predicate;

/**
 * What must hold for the events that are meant.
 *
 * @param text what is expected, before a word for the events
 * @param after the same, after the description of the events
 * @param test whether it holds
 * @param tooLate whether it can't hold any longer: events only become more
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

    /** Whether nothing at all would be right. */
    boolean holdsForNothing() {
        return holds(List.of());
    }
}
