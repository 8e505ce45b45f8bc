package io.quarkiverse.posthog.testing;

import java.time.Duration;
import java.util.List;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * Assertions on captured events.
 *
 * <pre>
 * posthog.assertThatEvents().named("purchase").withDistinctId("user-123").withProperty("amount", 49.99).hasSize(1);
 * </pre>
 */
public final class EventAssert extends AbstractEventAssert<EventAssert> {

    EventAssert(CapturedEventSource source) {
        this(source, List.of(), Duration.ZERO);
    }

    private EventAssert(CapturedEventSource source, List<EventCondition> conditions, Duration timeout) {
        super(source, conditions, timeout);
    }

    @Override
    EventAssert with(CapturedEventSource source, List<EventCondition> conditions, Duration timeout) {
        return new EventAssert(source, conditions, timeout);
    }

    /** Selects the events with this name. */
    @CheckReturnValue
    public EventAssert named(String name) {
        return and(EventConditions.named(name));
    }

    /** Selects the events that set a person property to this value ({@code $set}). */
    @CheckReturnValue
    public EventAssert withPersonProperty(String property, Object value) {
        return and(EventConditions.personProperty(property, value));
    }
}
