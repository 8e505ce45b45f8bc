package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.condition;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.evaluatesTo;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flag;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.member;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.outcome;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.person;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.property;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.ruled;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.withCohorts;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.runtime.flags.local.model.EvaluationInput;
import io.quarkiverse.posthog.runtime.flags.local.model.LocalResult.Inconclusive;

/** Who is in a cohort. */
class CohortTest {

    private static final String PRO = property("plan", "exact", "'pro'");
    private static final String ADULT = property("age", "gte", "18");
    private static final String SET = property("email", "is_set", "null");
    private static final EvaluationInput NOBODY = EvaluationInput.of("user-1", NOW);
    private static final EvaluationInput PRO_CHILD = person("user-1", Map.of("plan", "pro", "age", 9));
    private static final EvaluationInput PRO_ADULT = person("user-1", Map.of("plan", "pro", "age", 19));
    private static final EvaluationInput FREE_CHILD = person("user-1", Map.of("plan", "free", "age", 9));

    private static String group(String type, String... values) {
        return "{'type': '" + type + "', 'values': [" + String.join(",", values) + "]}";
    }

    private static String negated(String filter) {
        return filter.replaceFirst("\\{", "{'negation': true, ");
    }

    /** Whether somebody is in cohort 1. */
    private static Object in(String cohorts, EvaluationInput input) {
        return outcome(withCohorts(cohorts, flag("a", member("1", "in"))), "a", input);
    }

    @Test
    @Tag("LFE-18")
    void allOfAnAndMustMatch() {
        String cohort = "'1': " + group("AND", PRO, ADULT);

        assertThat(in(cohort, PRO_ADULT)).isEqualTo(true);
        assertThat(in(cohort, PRO_CHILD)).isEqualTo(false);
        assertThat(in(cohort, NOBODY)).isEqualTo("inconclusive");
    }

    @Test
    @Tag("LFE-18")
    void oneOfAnOrMustMatch() {
        String cohort = "'1': " + group("OR", PRO, ADULT);

        assertThat(in(cohort, PRO_CHILD)).isEqualTo(true);
        assertThat(in(cohort, FREE_CHILD)).isEqualTo(false);
        assertThat(in(cohort, NOBODY)).isEqualTo("inconclusive");
    }

    @Test
    void oneThatDecidesOutweighsThoseThatAreNotKnown() {
        assertThat(in("'1': " + group("AND", SET, ADULT), PRO_CHILD)).isEqualTo(false);
        assertThat(in("'1': " + group("AND", SET, PRO), PRO_CHILD)).isEqualTo("inconclusive");
        assertThat(in("'1': " + group("OR", SET, PRO), PRO_CHILD)).isEqualTo(true);
        assertThat(in("'1': " + group("OR", SET, ADULT), PRO_CHILD)).isEqualTo("inconclusive");
    }

    @Test
    @Tag("LFE-18")
    void groupsMayBeNested() {
        String cohort = "'1': " + group("OR", group("AND", PRO, ADULT), group("AND", group("OR", SET, negated(ADULT)), PRO));

        assertThat(in(cohort, PRO_ADULT)).isEqualTo(true);
        assertThat(in(cohort, PRO_CHILD)).isEqualTo(true);
        assertThat(in(cohort, FREE_CHILD)).isEqualTo(false);
    }

    @Test
    @Tag("LFE-18")
    void entriesMayBeNegated() {
        assertThat(in("'1': " + group("AND", PRO, negated(ADULT)), PRO_CHILD)).isEqualTo(true);
        assertThat(in("'1': " + group("AND", PRO, negated(ADULT)), PRO_ADULT)).isEqualTo(false);
        assertThat(in("'1': " + group("OR", negated(PRO)), FREE_CHILD)).isEqualTo(true);
        assertThat(in("'1': " + group("OR", negated(SET)), FREE_CHILD)).isEqualTo("inconclusive");
        assertThat(in("'1': " + group("AND", PRO.replaceFirst("\\{", "{'negation': false, ")), PRO_CHILD)).isEqualTo(true);
    }

    @Test
    @Tag("LFE-18")
    void aCohortMayRefuseInsteadOfAdmit() {
        String cohort = "'1': " + group("AND", PRO, ADULT) + ", '2': " + group("AND", PRO);
        for (String id : new String[] { "1", "2", "'2'" }) {
            var flags = withCohorts(cohort, flag("in", member(id, "in")), flag("exact", member(id, "exact")),
                    flag("not", member(id, "not_in")), flag("default", "{'key': 'id', 'type': 'cohort', 'value': " + id + "}"),
                    flag("odd", member(id, "icontains")), flag("new", member(id, "from_the_future")));
            assertThat(outcome(flags, "in", PRO_ADULT)).isEqualTo(true);
            assertThat(outcome(flags, "exact", PRO_ADULT)).as("an operator of properties").isEqualTo(false);
            assertThat(outcome(flags, "exact", FREE_CHILD)).isEqualTo(false);
            assertThat(outcome(flags, "default", PRO_ADULT)).isEqualTo(true);
            assertThat(outcome(flags, "not", PRO_ADULT)).isEqualTo(false);
            assertThat(outcome(flags, "in", FREE_CHILD)).isEqualTo(false);
            assertThat(outcome(flags, "not", FREE_CHILD)).isEqualTo(true);
            assertThat(outcome(flags, "not", NOBODY)).isEqualTo("inconclusive");
            assertThat(outcome(flags, "odd", PRO_ADULT)).isEqualTo(false);
            assertThat(outcome(flags, "new", PRO_ADULT)).isEqualTo("inconclusive");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{'type': 'AND', 'values': []}", "{'type': 'AND', 'values': [{}]}",
            "{'type': 'OR', 'values': [{'type': 'AND', 'values': []}]}" })
    void everybodyIsInAnEmptyCohort(String cohort) {
        assertThat(in("'1': " + cohort, NOBODY)).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'type': 'OR', 'values': []}", "{'type': 'OR', 'values': [{'type': 'OR', 'values': []}]}",
            "{'type': 'AND', 'values': [{'type': 'OR', 'values': []}, {}]}" })
    @Tag("LFE-18")
    void anEmptyAlternativeMatchesNobody(String cohort) {
        assertThat(in("'1': " + cohort, NOBODY)).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'type': 'XOR', 'values': []}", "{'type': 'and', 'values': []}", "{'values': []}",
            "{'type': 'AND'}",
            "{'type': 'AND', 'values': {}}", "{'type': 'AND', 'values': [5]}", "{'type': 'AND', 'values': [null]}", "[]", "5",
            "null",
            "{'type': 'OR', 'values': [{'type': 'property', 'values': []}]}", "{'type': 5, 'values': []}" })
    @Tag("LFE-14")
    void onlyPostHogKnowsWhatIsNoCohort(String cohort) {
        assertThat(in("'1': " + cohort, NOBODY)).isEqualTo("needs server");
    }

    @Test
    @Tag("LFE-14")
    void onlyPostHogKnowsACohortThatIsNotDelivered() {
        assertThat(in("", PRO_ADULT)).isEqualTo("needs server");
        assertThat(in("'1': " + group("OR", PRO, member("2", "in")), PRO_ADULT)).as("even where another entry matches")
                .isEqualTo("needs server");
        assertThat(in("'1': " + group("OR", negated(member("2", "in"))), PRO_ADULT)).isEqualTo("needs server");
    }

    @Test
    @Tag("LFE-14")
    void whatOnlyPostHogKnowsEndsTheEvaluation() {
        var flags = withCohorts("", ruled("a", "'groups': [" + condition("", member("9", "in")) + "," + condition("") + "]"),
                ruled("b", "'groups': [" + condition("") + "," + condition("", member("9", "in")) + "]"),
                flag("c", PRO, member("9", "in")));

        assertThat(flags.evaluate("a", PRO_ADULT)).isInstanceOfSatisfying(Inconclusive.class, inconclusive -> {
            assertThat(inconclusive.needsServer()).isTrue();
            assertThat(inconclusive.reason()).contains("cohort 9");
        });
        assertThat(outcome(flags, "b", PRO_ADULT)).as("decided before").isEqualTo(true);
        assertThat(outcome(flags, "c", FREE_CHILD)).as("decided before").isEqualTo(false);
        assertThat(outcome(flags, "c", PRO_ADULT)).isEqualTo("needs server");
    }

    @Test
    void whatOnlyPostHogKnowsDoesNotMatterWhereNothingIsKnownAnyway() {
        var flags = withCohorts("",
                ruled("a", "'groups': [" + condition("", PRO, member("9", "in")) + "," + condition("") + "]"));

        assertThat(outcome(flags, "a", NOBODY)).isEqualTo(true);
        assertThat(outcome(flags, "a", PRO_ADULT)).isEqualTo("needs server");
    }

    @Test
    void cohortsMayAskForCohorts() {
        String cohorts = "'1': " + group("AND", member("2", "in"), negated(member("3", "in"))) + ", '2': "
                + group("AND", PRO, PRO)
                + ", '3': " + group("OR", ADULT, ADULT);

        assertThat(in(cohorts, PRO_CHILD)).isEqualTo(true);
        assertThat(in(cohorts, PRO_ADULT)).isEqualTo(false);
        assertThat(in(cohorts, FREE_CHILD)).isEqualTo(false);
    }

    @Test
    void cohortsMayAskForFlags() {
        var flags = withCohorts("'1': " + group("AND", evaluatesTo("b", "true", "b"), PRO), flag("a", member("1", "in")),
                flag("b", ADULT));

        assertThat(outcome(flags, "a", PRO_ADULT)).isEqualTo(true);
        assertThat(outcome(flags, "a", PRO_CHILD)).isEqualTo(false);
        assertThat(outcome(flags, "a", person("user-1", Map.of("plan", "pro")))).isEqualTo("inconclusive");
    }

    @Test
    void cohortsAreAboutPersonsAlsoInFlagsAboutGroups() {
        var flags = withCohorts("'1': " + group("AND", PRO, ADULT),
                ruled("a", "'aggregation_group_type_index': 0, 'groups': [" + condition("", member("1", "in")) + "]"));

        assertThat(outcome(flags, "a", new EvaluationInput("user-1", null, Map.of("company", "acme"),
                Map.of("plan", "pro", "age", 20), Map.of("company", Map.of("plan", "free")), InstantSource.fixed(NOW))))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = { "behavioral", "group", "person_metadata" })
    void entriesOfOtherTypesAreInconclusive(String type) {
        assertThat(in("'1': " + group("AND", "{'key': 'plan', 'type': '" + type + "', 'value': 'pro'}"), PRO_ADULT))
                .isEqualTo("inconclusive");
    }

    @Test
    @Tag("LFE-18")
    void aCohortThatDependsOnItselfIsLeftToPostHog() {
        var flags = withCohorts("'1': " + group("AND", PRO, member("1", "in")), flag("a", member("1", "in")));
        assertThat(flags.evaluate("a", PRO_ADULT)).isEqualTo(Inconclusive.needsServer("cohort 1 depends on itself"));
        assertThat(in("'1': " + group("AND", PRO, member("2", "in")) + ", '2': " + group("OR", PRO, member("1", "not_in")),
                PRO_ADULT)).isEqualTo("needs server");
    }

    @ParameterizedTest
    @CsvSource({ "30, true", "1000, needs server" })
    void deepNestingHarmsNobody(int depth, String expected) throws InterruptedException {
        StringBuilder nested = new StringBuilder(PRO);
        for (int i = 0; i < depth; i++) {
            nested.insert(0, "{'type': 'AND', 'values': [" + ADULT + ",").append("]}");
        }
        assertThat(onSmallStack("'1': " + nested)).hasToString(expected);
    }

    @Test
    void aChainOfCohortsMayNotBeEndless() throws InterruptedException {
        for (String more : new String[] { "", ADULT + "," }) {
            assertThat(onSmallStack(chain(50, more))).isEqualTo(true);
            assertThat(onSmallStack(chain(5000, more))).isEqualTo("needs server");
        }
    }

    /** Cohorts each of which asks for the next. */
    private static String chain(int length, String more) {
        StringBuilder cohorts = new StringBuilder("'" + length + "': " + group("AND", PRO));
        for (int i = 1; i < length; i++) {
            cohorts.append(", '").append(i).append("': ").append(group("AND", more + member(String.valueOf(i + 1), "in")));
        }
        return cohorts.toString();
    }

    @Test
    void aChainThatIsReadFromItsEndMayNotBeEndlessEither() throws InterruptedException {
        AtomicReference<Object> result = new AtomicReference<>();
        Thread thread = new Thread(null, () -> {
            String[] flags = new String[3000];
            for (int i = 0; i < flags.length; i++) {
                flags[i] = flag("f" + i, member(String.valueOf(flags.length - i), "in"));
            }
            var evaluator = withCohorts(chain(flags.length, ADULT + ","), flags);
            result.set(outcome(evaluator, "f2999", PRO_ADULT) + " " + outcome(evaluator, "f20", PRO_ADULT));
        }, "small stack", 256 * 1024);
        thread.start();
        thread.join();

        assertThat(result.get()).isEqualTo("needs server true");
    }

    /** A quarter of what threads have. */
    private static Object onSmallStack(String cohorts) throws InterruptedException {
        AtomicReference<Object> result = new AtomicReference<>();
        Thread thread = new Thread(null, () -> {
            try {
                result.set(in(cohorts, PRO_ADULT));
            } catch (Throwable e) {
                result.set(e);
            }
        }, "small stack", 256 * 1024);
        thread.start();
        thread.join();
        return result.get();
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void eachCohortIsLookedAtOnce() {
        // 2 to the power of 60 ways lead to the last
        StringBuilder cohorts = new StringBuilder("'61': " + group("AND", ADULT, PRO));
        for (int i = 1; i <= 60; i++) {
            String next = member(String.valueOf(i + 1), "in");
            cohorts.append(", '").append(i).append("': ").append(group("AND", next, next));
        }
        assertThat(in(cohorts.toString(), PRO_ADULT)).isEqualTo(true);
        assertThat(in(cohorts.toString(), NOBODY)).isEqualTo("inconclusive");
    }
}
