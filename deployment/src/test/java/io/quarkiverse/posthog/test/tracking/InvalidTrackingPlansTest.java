package io.quarkiverse.posthog.test.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkiverse.posthog.tracking.DistinctId;
import io.quarkiverse.posthog.tracking.EventGroup;
import io.quarkiverse.posthog.tracking.EventProperty;
import io.quarkiverse.posthog.tracking.EventTimestamp;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;
import io.quarkus.test.QuarkusUnitTest;

/** All problems of tracking plans are found when the application is built. */
class InvalidTrackingPlansTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, Plan.class, Generic.class, Extended.class,
                    PlanOfClass.class, NoPlan.class, Sealed.class, Permitted.class, Recursive.class, Outer.class, Inner.class,
                    Pair.class, Empty.class))
            .assertException(failure -> assertThat(failure).hasMessageContainingAll(
                    problem(Plan.class, "reservedEvent",
                            "the event '$pageview' starts with $, which PostHog reserves for its own names; rename it, or use "
                                    + "CaptureEvent"),
                    problem(Plan.class, "blankEvent", "the name of the event is blank; set it in the annotation"),
                    problem(Plan.class, "longEvent", "the name of the event has 201 characters, and PostHog truncates it; use "
                            + "at most 200"),
                    problem(Plan.class, "reservedProperty", "the property '$set' starts with $"),
                    problem(Plan.class, "reservedGroup", "the group type '$company' starts with $"),
                    problem(Plan.class, "unsupported", "parameter 'value' has the type java.lang.Object, which is not "
                            + "supported; use a string, an enum, a number"),
                    problem(Plan.class, "unsupportedList", "parameter 'values' has the type "
                            + "java.util.List<java.util.Optional<java.lang.String>>, which is not supported"),
                    problem(Plan.class, "bytes", "parameter 'values' has the type byte[], which is not supported"),
                    problem(Plan.class, "objects",
                            "parameter 'values' has the type java.lang.Object[], which is not supported"),
                    problem(Plan.class, "recursive", "parameter 'value' has the type " + Recursive.class.getName()
                            + ", which is not supported, because the record " + Recursive.class.getName()
                            + " contains itself; use"),
                    problem(Plan.class, "recordOfUnsupported", "which is not supported, because the component 'value' of "
                            + Inner.class.getName() + " has the type java.lang.Object; use",
                            "java.util.List<"
                                    + Outer.class.getName() + ">"),
                    problem(Plan.class, "genericRecord", "parameter 'value' has the type " + Pair.class.getName()
                            + "<java.lang.String>, which is not supported; use"),
                    problem(Plan.class, "emptyRecord", "parameter 'value' has the type " + Empty.class.getName()
                            + ", which is not supported; use"),
                    problem(Plan.class, "overloaded(int)", "the event '$one' starts with $"),
                    problem(Plan.class, "overloaded(String)", "the event '$two' starts with $"),
                    problem(Plan.class, "twoPersons", "the event has several @DistinctId parameters; keep the person"),
                    problem(Plan.class, "twoTimes", "the event has several @EventTimestamp parameters; keep the time"),
                    problem(Plan.class, "twoRoles", "parameter 'id' has several roles: @EventProperty, @DistinctId; keep one"),
                    problem(Plan.class, "twice", "two parameters have the property 'size'; rename one of them"),
                    problem(Plan.class, "groupTwice", "two parameters have the group type 'company'; rename one of them"),
                    problem(Plan.class, "wrongPerson", "parameter 'person' has the type long, but @DistinctId requires "
                            + "java.lang.String; change the type"),
                    problem(Plan.class, "wrongTime", "parameter 'at' has the type long, but @EventTimestamp requires "
                            + "java.time.Instant; change the type"),
                    problem(Plan.class, "wrongGroup", "parameter 'company' has the type int, but @EventGroup requires String"),
                    problem(Plan.class, "unannotated", "the method captures no event; annotate it with @TrackedEvent"),
                    problem(Plan.class, "withBody", "a method with a body captures no event by itself; remove the body, or "
                            + "remove @TrackedEvent and call a method that has it"),
                    problem(Plan.class, "withStaticBody", "a method with a body captures no event by itself"),
                    problem(Plan.class, "generic", "the method must not have type parameters; use the types of the properties"),
                    problem(Plan.class, "wrongReturn", "the return type java.util.Optional<java.lang.String> is not supported; "
                            + "use void, Optional<UUID>, or Uni<UUID>"),
                    Generic.class.getName() + ": a tracking plan must not have type parameters; use the types",
                    Extended.class.getName() + ": a tracking plan must not extend another interface; declare the events",
                    Sealed.class.getName() + ": a tracking plan must not be sealed; remove the modifier",
                    PlanOfClass.class.getName() + ": a tracking plan must be an interface; move the events to an interface",
                    problem(NoPlan.class, "event", "the class of a @TrackedEvent is not a tracking plan; annotate the "
                            + "interface with @TrackingPlan")));

    private static String problem(Class<?> type, String method, String text) {
        return "Invalid tracking plan: " + type.getName() + "#" + method + ": " + text;
    }

    private static String problem(Class<?> type, String method, String text, String parameterType) {
        return problem(type, method, "parameter 'values' has the type " + parameterType + ", " + text);
    }

    public record Recursive(String name, List<Recursive> children) {
    }

    public record Outer(String name, Inner inner) {
    }

    public record Inner(Object value) {
    }

    public record Pair<T>(T one, T other) {
    }

    public record Empty() {
    }

    @TrackingPlan
    public interface Plan {

        @TrackedEvent("$pageview")
        void reservedEvent();

        @TrackedEvent(" ")
        void blankEvent();

        @TrackedEvent("01234567890123456789012345678901234567890123456789012345678901234567890123456789"
                + "01234567890123456789012345678901234567890123456789012345678901234567890123456789"
                + "01234567890123456789012345678901234567890")
        void longEvent();

        @TrackedEvent("reserved property")
        void reservedProperty(@EventProperty("$set") String value);

        @TrackedEvent("reserved group")
        void reservedGroup(@EventGroup("$company") String company);

        @TrackedEvent("unsupported")
        void unsupported(Object value);

        @TrackedEvent("unsupported list")
        void unsupportedList(List<Optional<String>> values);

        @TrackedEvent("bytes")
        void bytes(byte[] values);

        @TrackedEvent("objects")
        void objects(Object... values);

        @TrackedEvent("recursive")
        void recursive(Recursive value);

        @TrackedEvent("record of unsupported")
        void recordOfUnsupported(List<Outer> values);

        @TrackedEvent("generic record")
        void genericRecord(Pair<String> value);

        @TrackedEvent("empty record")
        void emptyRecord(Empty value);

        @TrackedEvent("$one")
        void overloaded(int value);

        @TrackedEvent("$two")
        void overloaded(String value);

        @TrackedEvent("two persons")
        void twoPersons(@DistinctId String one, @DistinctId String other);

        @TrackedEvent("two times")
        void twoTimes(@EventTimestamp Instant one, @EventTimestamp Instant other);

        @TrackedEvent("two roles")
        void twoRoles(@EventProperty @DistinctId String id);

        @TrackedEvent("twice")
        void twice(int size, @EventProperty("size") int other);

        @TrackedEvent("group twice")
        void groupTwice(@EventGroup("company") String one, @EventGroup("company") String other);

        @TrackedEvent("wrong person")
        void wrongPerson(@DistinctId long person);

        @TrackedEvent("wrong time")
        void wrongTime(@EventTimestamp long at);

        @TrackedEvent("wrong group")
        void wrongGroup(@EventGroup("company") int company);

        void unannotated();

        @TrackedEvent("with body")
        default void withBody() {
        }

        @TrackedEvent("with static body")
        static void withStaticBody() {
        }

        @TrackedEvent("generic")
        <T extends String> void generic(T value);

        @TrackedEvent("wrong return")
        Optional<String> wrongReturn();
    }

    @TrackingPlan
    public interface Generic<T> {

        @TrackedEvent("of a generic plan")
        Optional<UUID> event();
    }

    @TrackingPlan
    public interface Extended extends Runnable {
    }

    @TrackingPlan
    public sealed interface Sealed permits Permitted {
    }

    public static final class Permitted implements Sealed {
    }

    @TrackingPlan
    public abstract static class PlanOfClass {
    }

    public interface NoPlan {

        @TrackedEvent("of no plan")
        void event();
    }

    @Test
    @Tag("PLAN-3")
    void areNotBuilt() {
        Assertions.fail("built with invalid tracking plans");
    }
}
