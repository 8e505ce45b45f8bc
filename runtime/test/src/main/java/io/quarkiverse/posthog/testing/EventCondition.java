package io.quarkiverse.posthog.testing;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What events are to be like.
 *
 * @param text how it goes on after "events"
 * @param found what an event has instead
 */
record EventCondition(String text, Predicate<CapturedEvent> predicate, Function<CapturedEvent, String> found) {

    boolean holds(CapturedEvent event) {
        return predicate.test(event);
    }
}
