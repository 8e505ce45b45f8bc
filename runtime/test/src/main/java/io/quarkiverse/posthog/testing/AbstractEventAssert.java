package io.quarkiverse.posthog.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * Says what the application must have captured. First which events are meant, then how many of them there are:
 * nothing is asserted before that.
 * <p>
 * Immutable: each method that says which events are meant returns a narrower assertion.
 *
 * @param <A> the kind of assertion
 */
public abstract class AbstractEventAssert<A extends AbstractEventAssert<A>> {

    /** How long {@link #eventually()} waits. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CapturedEventSource source;
    private final List<EventCondition> conditions;
    private final Duration patience;

    AbstractEventAssert(CapturedEventSource source, List<EventCondition> conditions, Duration patience) {
        this.source = source;
        this.conditions = conditions;
        this.patience = patience;
    }

    abstract A with(CapturedEventSource source, List<EventCondition> conditions, Duration patience);

    final A and(EventCondition condition) {
        List<EventCondition> more = new ArrayList<>(conditions);
        more.add(condition);
        return with(source, List.copyOf(more), patience);
    }

    /** Those of a person. */
    @CheckReturnValue
    public A of(String distinctId) {
        return and(EventConditions.of(distinctId));
    }

    /**
     * Those with this value of a property. Values are the same when they are as JSON: numbers by their value, so
     * that 50 is 50.0, and a time or a uuid is its text.
     */
    @CheckReturnValue
    public A withProperty(String name, Object value) {
        return and(EventConditions.property("property '" + name + "'", name, value));
    }

    /** Those with these values of properties, whatever else they have. */
    @CheckReturnValue
    public A withProperties(Map<String, ?> properties) {
        A narrowed = with(source, conditions, patience);
        for (Map.Entry<String, ?> property : properties.entrySet()) {
            narrowed = narrowed.withProperty(property.getKey(), property.getValue());
        }
        return narrowed;
    }

    /** Those that have a property, whatever its value. */
    @CheckReturnValue
    public A withProperty(String name) {
        return and(EventConditions.property(name));
    }

    /** Those that do not have a property. */
    @CheckReturnValue
    public A withoutProperty(String name) {
        return and(EventConditions.noProperty(name));
    }

    /** Those about a group, such as {@code inGroup("company", "acme")}. */
    @CheckReturnValue
    public A inGroup(String type, String key) {
        return and(EventConditions.inGroup(type, key));
    }

    /**
     * Those for which something holds.
     *
     * @param description what it is, as it goes on after "that", such as {@code has an amount over 100}
     */
    @CheckReturnValue
    public A matching(String description, Predicate<CapturedEvent> predicate) {
        return and(EventConditions.matching(description, predicate));
    }

    /**
     * Waits up to ten seconds for what is asserted, for what the application does after it has answered. Without
     * this, what was captured so far is looked at, once it has arrived; but an application that runs in another
     * process, as with {@code @QuarkusIntegrationTest}, is always waited for.
     */
    @CheckReturnValue
    public A eventually() {
        return within(PATIENCE);
    }

    /** Waits so long for what is asserted. See {@link #eventually()}. */
    @CheckReturnValue
    public A within(Duration time) {
        return with(source, conditions, time);
    }

    /** There are exactly so many of them. */
    public A hasSize(int size) {
        verify(EventExpectation.size(size));
        return with(source, conditions, patience);
    }

    /** There is at least one of them. */
    public A isNotEmpty() {
        verify(EventExpectation.some());
        return with(source, conditions, patience);
    }

    /** There are none of them. */
    public void isEmpty() {
        verify(EventExpectation.none());
    }

    /** There is exactly one of them, which is returned for whatever else is to be asserted of it. */
    public CapturedEvent single() {
        return verify(EventExpectation.size(1)).get(0);
    }

    /** Their names, in the order in which they were captured, are exactly these. */
    public A haveNames(String... names) {
        verify(EventExpectation.names(List.of(names)));
        return with(source, conditions, patience);
    }

    /** There is at least one of them, and each satisfies the assertions. */
    public A allSatisfy(Consumer<CapturedEvent> assertions) {
        verify(EventExpectation.some()).forEach(event -> satisfies(event, assertions));
        return with(source, conditions, patience);
    }

    private static void satisfies(CapturedEvent event, Consumer<CapturedEvent> assertions) {
        try {
            assertions.accept(event);
        } catch (AssertionError e) {
            throw new AssertionError(event + ": " + e.getMessage(), e);
        }
    }

    /** Those that there are now, without asserting anything. */
    public List<CapturedEvent> list() {
        return matching(source.read());
    }

    private List<CapturedEvent> matching(CaptureSnapshot captured) {
        return captured.events().stream()
                .filter(event -> conditions.stream().allMatch(condition -> condition.holds(event))).toList();
    }

    private List<CapturedEvent> verify(EventExpectation verdict) {
        // Nobody knows whether something else is on its way from another process
        boolean waits = !patience.isZero() || !source.isInProcess() && !verdict.holdsForNothing();
        PollDeadline deadline = PollDeadline.in(!waits ? Duration.ZERO : patience.isZero() ? PATIENCE : patience);
        while (true) {
            CaptureSnapshot captured = source.read();
            List<CapturedEvent> found = matching(captured);
            if (verdict.holds(found)) {
                return found;
            }
            boolean tooLate = verdict.isTooLate(found);
            if (tooLate || !deadline.pause()) {
                throw new AssertionError(new FailureReport(source.account(), captured, conditions, found, verdict,
                        tooLate ? Duration.ZERO : deadline.patience()).toString());
            }
        }
    }
}
