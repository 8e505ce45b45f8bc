package io.quarkiverse.posthog.test.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkiverse.posthog.tracking.DistinctId;
import io.quarkiverse.posthog.tracking.EventGroup;
import io.quarkiverse.posthog.tracking.EventProperty;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;
import io.quarkus.test.QuarkusUnitTest;

/** An event has one shape in all plans, and a property one type and one description. */
class ConflictingTrackingPlansTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .withApplicationRoot(root -> root.addClasses(PostHogStub.class, One.class, Two.class))
            .assertException(failure -> assertThat(failure).hasMessageContainingAll(
                    Two.class.getName() + "#properties: event 'properties' has the properties and groups [a (String), "
                            + "b (Numeric)], but in " + One.class.getName() + "#properties [a (String)]; declare the same in "
                            + "both, or rename one of the events",
                    Two.class.getName() + "#optional: event 'optional' has the properties and groups [a (String, optional)], "
                            + "but in " + One.class.getName() + "#optional [a (String)]",
                    Two.class.getName() + "#groups: event 'groups' has the properties and groups [company (group)], but in "
                            + One.class.getName() + "#groups []",
                    Two.class.getName() + "#described: event 'described' has another description than in "
                            + One.class.getName() + "#described; describe it once",
                    Two.class.getName() + "#types: property 'size' has the type String, but in " + One.class.getName()
                            + "#types Numeric; PostHog has one type for each property name, so rename one of the properties",
                    Two.class.getName() + "#descriptions: property 'color' has another description than in "
                            + One.class.getName() + "#descriptions; PostHog has one description for each property name",
                    Two.class.getName() + "#overloaded(String): property 'count' has the type String, but in "
                            + Two.class.getName() + "#overloaded(int) Numeric")
                    .hasMessageNotContaining("#same"));

    @TrackingPlan
    public interface One {

        @TrackedEvent("same")
        void same(@DistinctId String person, String a);

        @TrackedEvent("properties")
        void properties(String a);

        @TrackedEvent("optional")
        void optional(String a);

        @TrackedEvent("groups")
        void groups();

        @TrackedEvent(value = "described", description = "one")
        void described();

        @TrackedEvent("types one")
        void types(int size);

        @TrackedEvent("descriptions one")
        void descriptions(@EventProperty(description = "one") String color);
    }

    @TrackingPlan
    public interface Two {

        @TrackedEvent("same")
        void same(String a);

        @TrackedEvent("properties")
        void properties(String a, int b);

        @TrackedEvent("optional")
        void optional(Optional<String> a);

        @TrackedEvent("groups")
        void groups(@EventGroup("company") String company);

        @TrackedEvent(value = "described", description = "two")
        void described();

        @TrackedEvent("types two")
        void types(String size);

        @TrackedEvent("overloaded one")
        void overloaded(int count);

        @TrackedEvent("overloaded two")
        void overloaded(String count);

        @TrackedEvent("descriptions two")
        void descriptions(@EventProperty(description = "two") String color);
    }

    @Test
    @Tag("PLAN-4")
    void areNotBuilt() {
        Assertions.fail("built with tracking plans that contradict each other");
    }
}
