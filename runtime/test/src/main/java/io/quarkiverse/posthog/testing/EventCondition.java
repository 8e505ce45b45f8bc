package io.quarkiverse.posthog.testing;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A condition on events.
 *
 * @param text the description, which continues "events"
 * @param found describes the actual value of an event
 */
record EventCondition(String text, Predicate<CapturedEvent> predicate, Function<CapturedEvent, String> found) {

    boolean holds(CapturedEvent event) {
        return predicate.test(event);
    }
}
