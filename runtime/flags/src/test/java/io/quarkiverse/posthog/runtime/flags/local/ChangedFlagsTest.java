package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.ruled;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.withCohorts;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which flags have other definitions than before. */
class ChangedFlagsTest {

    private static final String ALL = "'groups': [{}]";
    private static final String HALF = "'groups': [{'rollout_percentage': 50}]";

    @Test
    @Tag("FDL-15")
    void theSameDefinitionsHaveNoChanges() {
        assertThat(flags(ruled("a", ALL), ruled("b", HALF)).changedSince(flags(ruled("b", HALF), ruled("a", ALL))))
                .isEmpty();
    }

    @Test
    @Tag("FDL-15")
    void addedChangedAndRemovedFlagsAreChanges() {
        FlagDefinitions before = flags(ruled("same", ALL), ruled("changed", ALL), ruled("removed", ALL));

        assertThat(flags(ruled("same", ALL), ruled("changed", HALF), ruled("added", ALL)).changedSince(before))
                .containsOnly("added", "changed", "removed");
    }

    @Test
    @Tag("FDL-15")
    void aChangeOfThePropertyMatchingVersionIsAChangeOfAllFlags() {
        String flags = "{'flags': [" + ruled("a", ALL) + "," + ruled("b", HALF) + "], 'property_matching_version': %s}";
        FlagDefinitions one = TestFlags.definitions(flags.formatted("1"));
        FlagDefinitions two = TestFlags.definitions(flags.formatted("2"));

        assertThat(two.changedSince(one)).containsOnly("a", "b");
        assertThat(one.changedSince(two)).containsOnly("a", "b");
        assertThat(two.changedSince(TestFlags.definitions(flags.formatted("2.0")))).isEmpty();
        for (String other : new String[] { "null", "'2'", "3", "0", "true", "[2]", "2.5" }) {
            FlagDefinitions first = TestFlags.definitions(flags.formatted(other));
            assertThat(first.propertyMatchingVersion()).as(other).isEqualTo(1);
            assertThat(first.changedSince(one)).as(other).isEmpty();
        }
        assertThat(two.propertyMatchingVersion()).isEqualTo(2);
        assertThat(TestFlags.definitions("{'flags': []}").propertyMatchingVersion()).isEqualTo(1);
    }

    @Test
    @Tag("FDL-15")
    void allFlagsAreAddedToAndRemovedFromEmptyDefinitions() {
        FlagDefinitions flags = flags(ruled("a", ALL), ruled("b", HALF));

        assertThat(flags.changedSince(FlagDefinitions.empty())).containsOnly("a", "b");
        assertThat(FlagDefinitions.empty().changedSince(flags)).containsOnly("a", "b");
        assertThat(FlagDefinitions.empty().changedSince(FlagDefinitions.empty())).isEmpty();
    }

    @Test
    @Tag("FDL-15")
    void aChangedCohortIsAChangeOfAllFlags() {
        FlagDefinitions before = cohort("{'type': 'AND', 'values': []}");

        assertThat(cohort("{'type': 'OR', 'values': []}").changedSince(before)).containsOnly("a", "b");
        assertThat(cohort("{'type': 'AND', 'values': []}").changedSince(before)).isEmpty();
    }

    @Test
    @Tag("FDL-15")
    void aChangedTypeOfGroupsIsAChangeOfAllFlags() {
        FlagDefinitions before = TestFlags.definitions("{'flags': [" + ruled("a", ALL) + "]}");

        assertThat(flags(ruled("a", ALL)).changedSince(before)).containsOnly("a");
    }

    /** Jackson reads deeper than it writes. */
    @Test
    void aFlagThatIsTooDeepToBeComparedCountsAsChanged() {
        String deep = ruled("deep", "'groups': " + "[".repeat(5000) + "]".repeat(5000));

        assertThat(flags(deep, ruled("a", ALL)).changedSince(flags(deep, ruled("a", ALL)))).containsOnly("deep");
    }

    private static FlagDefinitions flags(String... flags) {
        return TestFlags.flags(flags).definitions();
    }

    private static FlagDefinitions cohort(String cohort) {
        return withCohorts("'7': " + cohort, ruled("a", ALL), ruled("b", ALL)).definitions();
    }
}
