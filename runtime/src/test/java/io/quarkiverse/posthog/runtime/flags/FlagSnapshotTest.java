package io.quarkiverse.posthog.runtime.flags;

import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.PERSON;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.defined;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagReason;
import io.quarkiverse.posthog.flags.FlagResult;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.flags.FlagsAndPayloads;
import io.quarkiverse.posthog.runtime.capture.CaptureRequest;
import io.quarkiverse.posthog.runtime.capture.LogLines;

/** Reading flags, all of a person and one by one. */
class FlagSnapshotTest {

    public record Copy(String text, int size) {
    }

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.flags");

    private final TestEvaluations test = TestEvaluations.of();

    @BeforeEach
    void answer() {
        test.postHog.answers("""
                {'flags': {
                  'beta-ui': {'enabled': true},
                  'disabled': {'enabled': false, 'variant': null, 'reason': {'code': 'no_condition_match'}},
                  'checkout': {'enabled': true, 'variant': 'blue',
                    'reason': {'code': 'condition_match', 'condition_index': 1, 'description': 'Matched condition set 2'},
                    'metadata': {'id': 12, 'version': 3, 'has_experiment': true,
                      'payload': '{\\\\u0022text\\\\u0022: \\\\u0022new\\\\u0022, \\\\u0022size\\\\u0022: 4}'}}},
                 'requestId': 'r-1', 'evaluatedAt': 1735689600123}""".replace("\\\\u0022", "\\\""));
    }

    @Test
    @Tag("EVF-8")
    @Tag("EVF-9")
    void offAndUnknownAndVariantsAreToldApart() {
        FlagSnapshot flags = test.evaluate();

        assertThat(flags.isEnabled("disabled")).isFalse();
        assertThat(flags.value("disabled")).contains(FlagValue.OFF);
        assertThat(flags.isEnabled("checkout")).isTrue();
        assertThat(flags.value("checkout")).contains(FlagValue.of("blue"));
        assertThat(flags.variant("checkout")).contains("blue");
        assertThat(flags.value("beta-ui")).contains(FlagValue.ON);
        assertThat(flags.variant("beta-ui")).isEmpty();
        assertThat(flags.isEnabled("missing")).isFalse();
        assertThat(flags.value("missing")).isEmpty();
        assertThat(flags.isEnabled("Beta-UI")).as("keys are case-sensitive").isFalse();
    }

    @Test
    @Tag("EVF-8")
    @Tag("FLG-3")
    void theDefaultIsForWhatIsNotThere() {
        FlagSnapshot flags = test.evaluate();

        assertThat(flags.isEnabled("missing", true)).isTrue();
        assertThat(flags.isEnabled("disabled", true)).isFalse();
        assertThat(flags.isEnabled("beta-ui", false)).isTrue();
        assertThat(now(test.flags.isFeatureEnabled("missing", PERSON, true))).isTrue();
        assertThat(now(test.flags.isFeatureEnabled("disabled", PERSON, true))).isFalse();
    }

    @Test
    @Tag("EVF-10")
    void theValuesNeverChange() {
        FlagSnapshot flags = test.evaluate();
        test.postHog.answers(FlagsStub.flags("beta-ui", "false"));

        assertThat(test.evaluate().isEnabled("beta-ui")).isFalse();
        assertThat(flags.isEnabled("beta-ui")).isTrue();
        assertThat(flags.keys()).containsExactlyInAnyOrder("beta-ui", "disabled", "checkout");
        assertThatThrownBy(() -> flags.keys().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> flags.results().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @Tag("EVF-11")
    void payloadsAreReadWithoutAsking() {
        FlagSnapshot flags = test.evaluate();

        assertThat(flags.payload("checkout", Copy.class)).contains(new Copy("new", 4));
        assertThat(flags.payload("checkout", Map.class)).contains(Map.of("text", "new", "size", 4));
        assertThat(flags.payload("checkout", JsonNode.class).orElseThrow().path("size").asInt()).isEqualTo(4);
        assertThat(flags.payload("beta-ui")).isEmpty();
        assertThat(flags.payload("missing", Copy.class)).isEmpty();

        assertThat(flags.onlyAccessed().keys()).isEmpty();
        assertThat(test.exposures()).isEmpty();
        assertThat(test.postHog.requests).hasSize(1);
    }

    @Test
    @Tag("EVF-11")
    void aPayloadOfAnotherTypeIsNone() {
        FlagSnapshot flags = test.evaluate();

        assertThat(flags.payload("checkout", Integer.class)).isEmpty();
        assertThat(flags.payload("checkout", String.class)).isEmpty();

        assertThat(log.warnings()).singleElement().asString().contains("the payload of flag 'checkout' is not a Integer")
                .doesNotContain("new");
    }

    @Test
    void aPayloadThatIsPlainTextIsThatText() {
        test.postHog.answers("{'flags': {'a': {'enabled': true, 'metadata': {'payload': 'hello there'}}, "
                + "'b': {'enabled': true, 'metadata': {'payload': {'size': 1}}}}}");

        FlagSnapshot flags = test.evaluate();

        assertThat(flags.payload("a", String.class)).contains("hello there");
        assertThat(flags.payload("b")).contains("{\"size\":1}");
    }

    @Test
    @Tag("EVF-18")
    void everythingPostHogSaidIsThere() {
        FlagSnapshot flags = test.evaluate();

        FlagResult checkout = flags.result("checkout").orElseThrow();
        assertThat(checkout.enabled()).isTrue();
        assertThat(checkout.variant()).contains("blue");
        assertThat(checkout.reason()).hasValueSatisfying(reason -> {
            assertThat(reason.code()).isEqualTo("condition_match");
            assertThat(reason.description()).contains("Matched condition set 2");
            assertThat(reason.conditionIndex()).hasValue(1);
        });
        assertThat(checkout.id()).hasValue(12);
        assertThat(checkout.version()).hasValue(3);
        assertThat(checkout.hasExperiment()).contains(true);
        assertThat(checkout.locallyEvaluated()).isFalse();
        assertThat(flags.result("disabled").orElseThrow().reason().map(FlagReason::code)).contains("no_condition_match");
        assertThat(flags.result("beta-ui").orElseThrow().reason()).isEmpty();
        assertThat(flags.requestId()).contains("r-1");
        assertThat(flags.evaluatedAt()).contains(Instant.ofEpochMilli(1735689600123L));
        assertThat(flags.distinctId()).contains(PERSON);
        assertThat(flags.errors()).isEmpty();
    }

    @Test
    void whatWasEvaluatedHereSaysSo() {
        test.define(defined("checkout", "blue", ", 'has_experiment': false"));

        FlagResult checkout = test.evaluate("checkout").result("checkout").orElseThrow();

        assertThat(checkout.locallyEvaluated()).isTrue();
        assertThat(checkout.payload()).contains("[1]");
        assertThat(checkout.id()).hasValue(7);
        assertThat(checkout.version()).hasValue(3);
        assertThat(checkout.hasExperiment()).contains(false);
        assertThat(checkout.reason().map(FlagReason::code)).contains("condition_match");
    }

    @Test
    @Tag("EVF-15")
    void aPartHasTheFlagsThatWereAskedFor() {
        FlagSnapshot flags = test.evaluate();
        assertThat(flags.isEnabled("beta-ui")).isTrue();
        assertThat(flags.value("disabled")).isPresent();

        FlagSnapshot accessed = flags.onlyAccessed();

        assertThat(accessed.keys()).containsExactlyInAnyOrder("beta-ui", "disabled");
        assertThat(accessed.value("disabled")).contains(FlagValue.OFF);
        assertThat(test.postHog.requests).hasSize(1);
    }

    @Test
    @Tag("EVF-15")
    void nothingWasAskedForYet() {
        assertThat(test.evaluate().onlyAccessed().keys()).isEmpty();
    }

    @Test
    @Tag("EVF-15")
    void whatIsAskedOfAPartIsNotAskedOfTheWhole() {
        FlagSnapshot flags = test.evaluate();

        assertThat(flags.only("beta-ui").isEnabled("beta-ui")).isTrue();

        assertThat(flags.onlyAccessed().keys()).isEmpty();
    }

    @Test
    @Tag("EVF-15")
    void aPartLeavesOutWhatIsNotThere() {
        FlagSnapshot part = test.evaluate().only("beta-ui", "missing");

        assertThat(part.keys()).containsExactly("beta-ui");
        assertThat(log.warnings()).singleElement().asString().contains("[missing]");
        assertThat(test.postHog.requests).hasSize(1);
    }

    @Test
    @Tag("EVF-20")
    void mistakesAreLoggedOncePerFlagAndKind() {
        for (int i = 0; i < 3; i++) {
            FlagSnapshot flags = test.evaluate();
            assertThat(flags.payload("checkout", Integer.class)).isEmpty();
            assertThat(flags.payload("checkout", Instant.class)).isEmpty();
            assertThat(flags.only("beta-ui", "missing").keys()).containsExactly("beta-ui");
            assertThat(flags.only("missing", "checkout", "other").keys()).containsExactly("checkout");
            assertThat(flags.only("checkout").only("beta-ui").keys()).isEmpty();
        }

        assertThat(log.warnings()).satisfiesExactly(
                payload -> assertThat(payload).startsWith("PostHog account 'default': the payload of flag 'checkout' is not a "
                        + "Integer").doesNotContain("new"),
                missing -> assertThat(missing).startsWith("PostHog account 'default': the flags [missing] are not"),
                other -> assertThat(other).startsWith("PostHog account 'default': the flags [other] are not"),
                part -> assertThat(part).startsWith("PostHog account 'default': the flags [beta-ui] are not"));
    }

    @Test
    @Tag("EVF-20")
    void computedKeysDoNotFillTheLog() {
        FlagSnapshot flags = test.evaluate();

        for (int i = 0; i < 3000; i++) {
            flags.only("flag-" + i);
        }

        assertThat(log.warnings()).hasSize(1000);
    }

    @Test
    @Tag("EVF-14")
    void anEventRecordsTheFlags() {
        FlagSnapshot flags = test.evaluate();

        test.capture.pipeline.capture(CaptureRequest.of(CaptureEvent.of("order completed", PERSON).flags(flags)));

        JsonNode properties = test.capture.sent().get(0).path("properties");
        assertThat(properties.path("$feature/beta-ui").asBoolean()).isTrue();
        assertThat(properties.path("$feature/disabled").isBoolean()).isTrue();
        assertThat(properties.path("$feature/disabled").asBoolean()).isFalse();
        assertThat(properties.path("$feature/checkout").asText()).isEqualTo("blue");
        assertThat(properties.path("$active_feature_flags")).extracting(JsonNode::asText)
                .containsExactly("beta-ui", "checkout");
        assertThat(test.postHog.requests).hasSize(1);
    }

    @Test
    void anEventWithoutActiveFlagsDoesNotListAny() {
        CaptureEvent event = CaptureEvent.of("order completed", PERSON).flags(test.evaluate().only("disabled"));

        assertThat(event.properties()).containsOnlyKeys("$feature/disabled");
    }

    @Test
    @Tag("FLG-1")
    void oneFlagIsAskedForByItsKey() {
        assertThat(now(test.flags.getFeatureFlag("checkout", PERSON))).isEqualTo(FlagValue.of("blue"));
        assertThat(now(test.flags.getFeatureFlag("disabled", PERSON))).isEqualTo(FlagValue.OFF);
        assertThat(now(test.flags.getFeatureFlag("missing", PERSON))).isNull();

        assertThat(test.postHog.requests).extracting(request -> request.path("flag_keys_to_evaluate").toString())
                .containsExactly("[\"checkout\"]", "[\"disabled\"]", "[\"missing\"]");
    }

    @Test
    @Tag("FLG-1")
    void oneFlagIsEvaluatedHereIfThatIsPossible() {
        test.define(defined("beta-ui", "true"));

        assertThat(now(test.flags.getFeatureFlag("beta-ui", PERSON))).isEqualTo(FlagValue.ON);
        assertThat(now(test.flags.isFeatureEnabled("beta-ui", PERSON))).isTrue();
        assertThat(test.postHog.requests).isEmpty();
    }

    @Test
    @Tag("FLG-3")
    void aVariantIsOn() {
        assertThat(now(test.flags.isFeatureEnabled("checkout", PERSON))).isTrue();
        assertThat(now(test.flags.isFeatureEnabled("disabled", FlagContext.of(PERSON)))).isFalse();
        assertThat(now(test.flags.isFeatureEnabled("missing", PERSON))).isFalse();
    }

    @Test
    @Tag("FLG-4")
    void aPayloadIsThatOfTheValue() {
        assertThat(now(test.flags.getFeatureFlagPayload("checkout", PERSON, Copy.class))).isEqualTo(new Copy("new", 4));
        assertThat(now(test.flags.getFeatureFlagPayload("missing", PERSON, Copy.class))).isNull();
        assertThat(test.exposures()).isEmpty();
    }

    @Test
    @Tag("FLG-5")
    void aResultHasTheValueAndThePayload() {
        FlagResult checkout = now(test.flags.getFeatureFlagResult("checkout", PERSON));
        assertThat(checkout.key()).isEqualTo("checkout");
        assertThat(checkout.enabled()).isTrue();
        assertThat(checkout.variant()).contains("blue");
        assertThat(checkout.payload()).contains("{\"text\": \"new\", \"size\": 4}");

        FlagResult disabled = now(test.flags.getFeatureFlagResult("disabled", PERSON));
        assertThat(disabled.enabled()).isFalse();
        assertThat(disabled.variant()).isEmpty();

        assertThat(now(test.flags.getFeatureFlagResult("missing", PERSON))).isNull();
    }

    @Test
    @Tag("FLG-6")
    @Tag("FLG-7")
    void allFlagsAreReadWithoutAnExposure() {
        FlagsAndPayloads all = now(test.flags.getAllFlagsAndPayloads(PERSON));

        assertThat(all.flags()).isEqualTo(now(test.flags.getAllFlags(PERSON)))
                .isEqualTo(Map.of("beta-ui", FlagValue.ON, "disabled", FlagValue.OFF, "checkout", FlagValue.of("blue")));
        assertThat(all.payloads()).isEqualTo(Map.of("checkout", "{\"text\": \"new\", \"size\": 4}"));
        assertThat(test.exposures()).isEmpty();
    }

    @Test
    @Tag("FLG-7")
    void whenNothingIsKnownBothMapsAreEmpty() {
        test.postHog.answers(FlagsStub.NOTHING);

        assertThat(now(test.flags.getAllFlagsAndPayloads(PERSON))).isEqualTo(new FlagsAndPayloads(Map.of(), Map.of()));
    }

    @Test
    @Tag("FLG-9")
    void nobodyHasNoValues() {
        for (String nobody : List.of("", " ")) {
            assertThat(now(test.flags.getFeatureFlag("beta-ui", nobody))).isNull();
            assertThat(now(test.flags.isFeatureEnabled("beta-ui", nobody, true))).isTrue();
            assertThat(now(test.flags.getAllFlags(nobody))).isEmpty();
        }
        assertThat(test.postHog.requests).isEmpty();
        assertThat(test.exposures()).isEmpty();
    }
}
