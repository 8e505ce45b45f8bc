package io.quarkiverse.posthog.runtime.flags.local;

import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.NOW;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.condition;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.evaluatesTo;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flag;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.flags;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.member;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.outcome;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.person;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.property;
import static io.quarkiverse.posthog.runtime.flags.local.TestFlags.ruled;
import static org.assertj.core.api.Assertions.assertThat;

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

/** Flags that ask for other flags. */
class FlagDependencyTest {

    private static final EvaluationInput USER = EvaluationInput.of("user-1", NOW);
    private static final String ON = flag("on");
    private static final String OFF = ruled("off", "'groups': []");
    private static final String RED = ruled("red", "'groups': [{'variant': 'Red'}],"
            + " 'multivariate': {'variants': [{'key': 'Red', 'rollout_percentage': 100}]}");
    private static final String UNKNOWN = flag("unknown", property("plan", "exact", "'pro'"));
    private static final String INACTIVE = "{'key': 'inactive', 'active': false}";

    private static Object outcomeOf(String filter) {
        return outcome(flags(ON, OFF, RED, UNKNOWN, INACTIVE, flag("a", filter)), "a", USER);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = { "on, true, true", "on, false, false", "off, true, false", "off, false, true",
            "red, true, true", "red, false, false", "red, 'Red', true", "red, 'red', false", "on, 'true', false",
            "off, 'false', false",
            "inactive, false, true", "inactive, true, false", "on, 1, false", "on, ['true'], false", "red, '', false" })
    @Tag("LFE-19")
    void theValueOfTheOtherFlagDecides(String other, String expected, boolean outcome) {
        assertThat(outcomeOf(evaluatesTo(other, expected, other))).isEqualTo(outcome);
    }

    @Test
    void aFlagThatIsNotDecidedDecidesNothing() {
        assertThat(outcomeOf(evaluatesTo("unknown", "true", "unknown"))).isEqualTo("inconclusive");
        assertThat(outcomeOf(evaluatesTo("unknown", "false", "unknown"))).isEqualTo("inconclusive");
        assertThat(outcomeOf(evaluatesTo("nowhere", "true", "nowhere"))).isEqualTo("inconclusive");
        assertThat(outcomeOf(evaluatesTo("on", "true", "nowhere", "on"))).isEqualTo("inconclusive");
        assertThat(outcomeOf(evaluatesTo("on", "true", "red"))).as("not in its own chain").isEqualTo("inconclusive");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'key': 'on', 'type': 'flag', 'operator': 'exact', 'value': true, 'dependency_chain': ['on']}",
            "{'key': 'on', 'type': 'flag', 'value': true, 'dependency_chain': ['on']}",
            "{'type': 'flag', 'operator': 'flag_evaluates_to', 'value': true, 'dependency_chain': ['on']}",
            "{'key': 'on', 'type': 'flag', 'operator': 'flag_evaluates_to', 'dependency_chain': ['on']}",
            "{'key': 'on', 'type': 'flag', 'operator': 'flag_evaluates_to', 'value': null, 'dependency_chain': ['on']}" })
    void aConditionThatIsWrittenWronglyNeverMatches(String filter) {
        assertThat(outcomeOf(filter)).isEqualTo(false);
        assertThat(flags(ON, flag("a", filter)).definitions().warnings()).singleElement().asString().contains("never matches");
    }

    @Test
    @Tag("LFE-19")
    void anEmptyKeyIsOneOfAFlagThatIsNotDefined() {
        String filter = evaluatesTo("", "true", "on", "");

        assertThat(outcomeOf(filter)).isEqualTo("inconclusive");
        assertThat(flags(ON, flag("a", filter)).definitions().warnings()).isEmpty();
    }

    @Test
    @Tag("LFE-19")
    void falseIsAValueToAskFor() {
        assertThat(outcomeOf("{'key': 'off', 'type': 'flag', 'operator': 'flag_evaluates_to', 'value': false,"
                + " 'dependency_chain': ['off']}")).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ", 'dependency_chain': null", ", 'dependency_chain': []", ", 'dependency_chain': 'on'",
            ", 'dependency_chain': [5]" })
    @Tag("LFE-19")
    void withoutAChainNothingIsDecided(String chain) {
        assertThat(outcomeOf("{'key': 'on', 'type': 'flag', 'operator': 'flag_evaluates_to', 'value': true" + chain + "}"))
                .isEqualTo("inconclusive");
    }

    @Test
    void anIntermediateFlagThatIsOffDecidesNothing() {
        var flags = flags(OFF, flag("b", evaluatesTo("off", "false", "off")), flag("a", evaluatesTo("b", "true", "off", "b")));

        assertThat(outcome(flags, "a", USER)).isEqualTo(true);
    }

    @Test
    void eachFlagHasItsOwnBucketing() {
        var flags = flags(ruled("company-beta", "'aggregation_group_type_index': 0, 'groups': [{'rollout_percentage': 50}]"),
                ruled("device", "'bucketing_identifier': 'device_id', 'groups': [{}]"),
                flag("a", evaluatesTo("company-beta", "true", "company-beta")),
                flag("b", evaluatesTo("device", "true", "device")));

        assertThat(outcome(flags, "a", TestFlags.groups(Map.of("company", "company-456"), null))).isEqualTo(true);
        assertThat(outcome(flags, "a", TestFlags.groups(Map.of("company", "company-123"), null))).isEqualTo(false);
        assertThat(outcome(flags, "a", USER)).isEqualTo("inconclusive");
        assertThat(outcome(flags, "b", USER)).isEqualTo("inconclusive");
        assertThat(outcome(flags, "b", TestFlags.device("d"))).isEqualTo(true);
    }

    @Test
    void whatOnlyPostHogKnowsOfAFlagOnlyPostHogKnowsOfThoseThatAskForIt() {
        var flags = flags(flag("b", member("9", "in")),
                ruled("a", "'groups': [" + condition("", evaluatesTo("b", "true", "b")) + "," + condition("") + "]"));

        assertThat(outcome(flags, "a", USER)).isEqualTo("needs server");
    }

    @Test
    void aLaterConditionMayMatchWhereAFlagIsNotDecided() {
        var flags = flags(UNKNOWN, ruled("a", "'groups': [" + condition("", evaluatesTo("unknown", "true", "unknown")) + ","
                + condition("") + "]"));

        assertThat(outcome(flags, "a", USER)).isEqualTo(true);
    }

    @Test
    void theReasonNamesTheFlag() {
        var flags = flags(UNKNOWN, ruled("a", "'groups': [" + condition("", evaluatesTo("unknown", "true", "unknown")) + ","
                + condition("", property("email", "is_set", "null")) + "]"));

        assertThat(((Inconclusive) flags.evaluate("a", USER)).reason()).contains("'unknown'");
        assertThat(((Inconclusive) flags.evaluate("unknown", USER)).reason()).contains("'plan'");
    }

    @Test
    @Tag("LFE-19")
    void flagsThatDependOnEachOtherAreInconclusive() {
        var flags = flags(flag("a", evaluatesTo("b", "true", "b")), flag("b", evaluatesTo("a", "true", "a")),
                flag("self", evaluatesTo("self", "true", "self")), flag("c", evaluatesTo("a", "true", "b", "a")));

        for (String key : new String[] { "a", "b", "self", "c" }) {
            assertThat(outcome(flags, key, USER)).isEqualTo("inconclusive");
        }
        assertThat(flags.evaluateAll(USER).values()).extracting(TestFlags::outcome).containsOnly("inconclusive");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyFlagsThatDependOnEachOtherTakeNoTime() {
        String[] flags = new String[40];
        for (int i = 0; i < flags.length; i++) {
            String[] filters = new String[flags.length];
            for (int j = 0; j < filters.length; j++) {
                filters[j] = condition("", evaluatesTo("f" + j, "true", "f" + j));
            }
            flags[i] = ruled("f" + i, "'groups': [" + String.join(",", filters) + "]");
        }
        var evaluator = flags(flags);

        assertThat(outcome(evaluator, "f0", USER)).isEqualTo("inconclusive");
        assertThat(evaluator.evaluateAll(USER).values()).extracting(TestFlags::outcome).containsOnly("inconclusive");
    }

    @Test
    void aLongChainInItsOrderIsDecided() throws InterruptedException {
        assertThat(chain(1000, true)).isEqualTo(true);
    }

    @Test
    void aLongChainThatIsLeftOutHarmsNobody() throws InterruptedException {
        assertThat(chain(10, false)).isEqualTo(true);
        assertThat(chain(1000, false)).isEqualTo("inconclusive");
    }

    /** @param complete whether each flag names all that it depends on */
    private static Object chain(int length, boolean complete) throws InterruptedException {
        String[] flags = new String[length];
        StringBuilder before = new StringBuilder();
        flags[0] = flag("f0");
        for (int i = 1; i < length; i++) {
            before.append(complete && i > 1 ? "','" : "");
            before.append(complete || i == 1 ? "f" + (i - 1) : "");
            flags[i] = flag("f" + i, evaluatesTo("f" + (i - 1), "true", complete ? before.toString() : "f" + (i - 1)));
        }
        var evaluator = flags(flags);
        AtomicReference<Object> result = new AtomicReference<>();
        Thread thread = new Thread(null, () -> {
            try {
                result.set(outcome(evaluator, "f" + (length - 1), USER));
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
    void eachFlagIsEvaluatedOnce() {
        String[] flags = new String[61];
        StringBuilder chain = new StringBuilder("f0");
        flags[0] = flag("f0");
        for (int i = 1; i < flags.length; i++) {
            String filter = evaluatesTo("f" + (i - 1), "true", chain.toString());
            flags[i] = ruled("f" + i, "'groups': [" + condition("'rollout_percentage': 0,", filter) + ","
                    + condition("'rollout_percentage': 0,", filter) + "," + condition("", filter) + "]");
            chain.append("','f").append(i);
        }
        assertThat(outcome(flags(flags), "f60", USER)).isEqualTo(true);
    }

    @Test
    void aPersonIsTheSameToAllFlags() {
        var flags = flags(UNKNOWN, flag("a", evaluatesTo("unknown", "true", "unknown")));

        assertThat(outcome(flags, "a", person("user-1", Map.of("plan", "pro")))).isEqualTo(true);
        assertThat(outcome(flags, "a", person("user-1", Map.of("plan", "free")))).isEqualTo(false);
    }
}
