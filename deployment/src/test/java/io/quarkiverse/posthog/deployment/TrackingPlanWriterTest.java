package io.quarkiverse.posthog.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.jboss.jandex.Index;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.tracking.DistinctId;
import io.quarkiverse.posthog.tracking.EventGroup;
import io.quarkiverse.posthog.tracking.EventProperty;
import io.quarkiverse.posthog.tracking.TrackedEvent;
import io.quarkiverse.posthog.tracking.TrackingPlan;

/** The documents that the build writes. */
class TrackingPlanWriterTest {

    /** The directory of the build belongs to all tests that run at the same time. */
    @TempDir
    static Path directory;

    @BeforeAll
    static void write() throws IOException {
        TrackingPlanWriter.write(directory, plans(Second.class, First.class));
    }

    private static TrackingPlansBuildItem plans(Class<?>... types) throws IOException {
        Index index = Index.of(types);
        return new TrackingPlansBuildItem(new TrackingPlanReader(index, index).read());
    }

    @TrackingPlan
    public interface Second {

        @TrackedEvent("viewed")
        void viewed(String page);

        @TrackedEvent(value = "placed", description = "An order\n was placed")
        void placed(@DistinctId String customer, Optional<String> coupon,
                @EventProperty(description = "In euros | dollars") double amount, @EventGroup("company") String company);
    }

    @TrackingPlan(description = "Of all parts")
    public interface First {

        @TrackedEvent("viewed")
        void viewed(@EventProperty(description = "The path") String page);
    }

    @Test
    @Tag("PLAN-7")
    void theJsonContainsTheEventsOfAllPlansOrderedByName() throws IOException {
        JsonNode written = new ObjectMapper().readTree(Files.readString(directory.resolve("tracking-plan.json")));

        String type = TrackingPlanWriterTest.class.getName();
        assertThat(written).isEqualTo(new ObjectMapper().readTree("""
                {"version": 1,
                 "plans": [{"interface": "%1$s$First", "description": "Of all parts"},
                           {"interface": "%1$s$Second", "description": ""}],
                 "events": [
                   {"name": "placed", "description": "An order\\n was placed", "properties": [
                      {"name": "amount", "description": "In euros | dollars", "type": "Numeric", "optional": false},
                      {"name": "coupon", "description": "", "type": "String", "optional": true}],
                    "groups": ["company"], "methods": ["%1$s$Second#placed"]},
                   {"name": "viewed", "description": "", "properties": [
                      {"name": "page", "description": "The path", "type": "String", "optional": false}],
                    "groups": [], "methods": ["%1$s$First#viewed", "%1$s$Second#viewed"]}]}
                """.formatted(type)));
    }

    @Test
    @Tag("PLAN-7")
    void thePageContainsATableForEachEvent() throws IOException {
        assertThat(Files.readString(directory.resolve("tracking-plan.adoc")).replace(getClass().getName(), "Test"))
                .isEqualTo("""
                        = Tracking plan

                        `+Test$First+`: Of all parts

                        == `+placed+`

                        An order was placed

                        [cols="2,1,1,4"]
                        |===
                        |Property |Type |Optional |Description

                        |`+amount+`
                        |Numeric
                        |no
                        |In euros \\| dollars

                        |`+coupon+`
                        |String
                        |yes
                        |
                        |===

                        Groups: `+company+`

                        Captured by: `+Test$Second#placed+`

                        == `+viewed+`

                        [cols="2,1,1,4"]
                        |===
                        |Property |Type |Optional |Description

                        |`+page+`
                        |String
                        |no
                        |The path
                        |===

                        Captured by: `+Test$First#viewed+`, `+Test$Second#viewed+`
                        """);
    }

    @Test
    @Tag("PLAN-7")
    void documentsOfRemovedPlansAreDeleted(@TempDir Path other) throws IOException {
        TrackingPlanWriter.write(other, plans(First.class));
        assertThat(other).isNotEmptyDirectory();

        TrackingPlanWriter.write(other, plans());
        assertThat(other).isEmptyDirectory();
    }
}
