package io.quarkiverse.posthog.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * Assertions on captured events. First select the events, and then assert their number; selecting events alone asserts
 * nothing.
 * <p>
 * Immutable: each method returns a modified copy.
 *
 * @param <A> the type of the assertion
 */
public abstract class AbstractEventAssert<A extends AbstractEventAssert<A>> {

    /** The timeout of {@link #eventually()}. */
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final CapturedEventSource source;
    private final List<EventCondition> conditions;
    private final Duration timeout;

    AbstractEventAssert(CapturedEventSource source, List<EventCondition> conditions, Duration timeout) {
        this.source = source;
        this.conditions = conditions;
        this.timeout = timeout;
    }

    abstract A with(CapturedEventSource source, List<EventCondition> conditions, Duration timeout);

    final A and(EventCondition condition) {
        List<EventCondition> more = new ArrayList<>(conditions);
        more.add(condition);
        return with(source, List.copyOf(more), timeout);
    }

    /** Selects the events of a person. */
    @CheckReturnValue
    public A withDistinctId(String distinctId) {
        return and(EventConditions.distinctId(distinctId));
    }

    /**
     * Selects the events with this value of a property. Values are compared as JSON: numbers by their value, so that 50
     * equals 50.0, and a time or a UUID by its text.
     */
    @CheckReturnValue
    public A withProperty(String name, Object value) {
        return and(EventConditions.property("property '" + name + "'", name, value));
    }

    /** Selects the events with these values of properties. */
    @CheckReturnValue
    public A withProperties(Map<String, ?> properties) {
        A narrowed = with(source, conditions, timeout);
        for (Map.Entry<String, ?> property : properties.entrySet()) {
            narrowed = narrowed.withProperty(property.getKey(), property.getValue());
        }
        return narrowed;
    }

    /** Selects the events that have a property, with any value. */
    @CheckReturnValue
    public A withProperty(String name) {
        return and(EventConditions.property(name));
    }

    /** Selects the events that do not have a property. */
    @CheckReturnValue
    public A withoutProperty(String name) {
        return and(EventConditions.noProperty(name));
    }

    /** Selects the events of a group, such as {@code withGroup("company", "acme")}. */
    @CheckReturnValue
    public A withGroup(String type, String key) {
        return and(EventConditions.group(type, key));
    }

    /**
     * Selects the events that match a predicate.
     *
     * @param description the description, which continues "events that", such as {@code has an amount over 100}
     */
    @CheckReturnValue
    public A matching(String description, Predicate<CapturedEvent> predicate) {
        return and(EventConditions.matching(description, predicate));
    }

    /**
     * Waits for up to ten seconds until the assertion holds, for events that the application captures after its
     * response. Without this, the assertion checks the events that were captured so far, after they have arrived. For
     * an application in another process, as with {@code @QuarkusIntegrationTest}, assertions always wait.
     */
    @CheckReturnValue
    public A eventually() {
        return within(DEFAULT_TIMEOUT);
    }

    /** Waits for up to the given time until the assertion holds. See {@link #eventually()}. */
    @CheckReturnValue
    public A within(Duration time) {
        return with(source, conditions, time);
    }

    /** Asserts the exact number of events. */
    public A hasSize(int size) {
        verify(EventExpectation.size(size));
        return with(source, conditions, timeout);
    }

    /** Asserts that there is at least one event. */
    public A isNotEmpty() {
        verify(EventExpectation.some());
        return with(source, conditions, timeout);
    }

    /** Asserts that there are no events. */
    public void isEmpty() {
        verify(EventExpectation.none());
    }

    /** Asserts that there is exactly one event, and returns it for further assertions. */
    public CapturedEvent singleElement() {
        return verify(EventExpectation.size(1)).get(0);
    }

    /** Asserts the names of the events, in the order in which they were captured. */
    public A hasNames(String... names) {
        verify(EventExpectation.names(List.of(names)));
        return with(source, conditions, timeout);
    }

    /** Asserts that there is at least one event, and that all events satisfy the assertions. */
    public A allSatisfy(Consumer<CapturedEvent> assertions) {
        verify(EventExpectation.some()).forEach(event -> satisfies(event, assertions));
        return with(source, conditions, timeout);
    }

    private static void satisfies(CapturedEvent event, Consumer<CapturedEvent> assertions) {
        try {
            assertions.accept(event);
        } catch (AssertionError e) {
            throw new AssertionError(event + ": " + e.getMessage(), e);
        }
    }

    /** Returns the current events without an assertion. */
    public List<CapturedEvent> toList() {
        return matching(source.read());
    }

    private List<CapturedEvent> matching(CaptureSnapshot captured) {
        return captured.events().stream()
                .filter(event -> conditions.stream().allMatch(condition -> condition.holds(event))).toList();
    }

    private List<CapturedEvent> verify(EventExpectation expectation) {
        // Events of an application in another process can still arrive
        boolean waits = !timeout.isZero() || !source.isInProcess() && !expectation.holdsForNothing();
        PollDeadline deadline = PollDeadline.in(!waits ? Duration.ZERO : timeout.isZero() ? DEFAULT_TIMEOUT : timeout);
        while (true) {
            CaptureSnapshot captured = source.read();
            List<CapturedEvent> found = matching(captured);
            if (expectation.holds(found)) {
                return found;
            }
            boolean tooLate = expectation.isTooLate(found);
            if (tooLate || !deadline.pause()) {
                throw new AssertionError(new FailureReport(source.account(), captured, conditions, found, expectation,
                        tooLate ? Duration.ZERO : deadline.timeout()).toString());
            }
        }
    }
}
