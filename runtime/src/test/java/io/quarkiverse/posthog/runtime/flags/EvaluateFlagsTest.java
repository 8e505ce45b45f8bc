package io.quarkiverse.posthog.runtime.flags;

import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.PERSON;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.defined;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.definedForPro;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.now;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.ws.rs.ProcessingException;

import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.flags.FlagValue;
import io.quarkiverse.posthog.runtime.capture.CaptureRequest;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkiverse.posthog.runtime.rest.Refusals;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

/** What is evaluated here, what PostHog is asked for, and what becomes of both. */
class EvaluateFlagsTest {

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.flags");

    private final TestEvaluations test = TestEvaluations.of("flags.max-retries", "0");

    @Test
    @Tag("EVF-1")
    @Tag("EVF-2")
    void oneRequestAnswersForAllFlagsOfAPerson() {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true", "checkout", "blue"));

        FlagSnapshot flags = test.evaluate();

        assertThat(flags.isEnabled("beta-ui")).isTrue();
        assertThat(flags.value("checkout")).contains(FlagValue.of("blue"));
        assertThat(flags.isEnabled("beta-ui")).isTrue();
        assertThat(flags.keys()).containsExactlyInAnyOrder("beta-ui", "checkout");
        assertThat(test.postHog.requests).hasSize(1);
    }

    @Test
    @Tag("RFL-2")
    void theRequestSaysForWhom() {
        test.evaluate(FlagContext.of(PERSON).group("company", "acme").personProperty("$device_id", "d-1")
                .personProperty("plan", "pro").groupProperty("company", "size", 3).geoip(false).deviceId("d-2")
                .flagKeys("beta-ui"));

        JsonNode request = test.postHog.requests.get(0);
        assertThat(request.path("token").asText()).isEqualTo("phc_test");
        assertThat(request.path("distinct_id").asText()).isEqualTo(PERSON);
        assertThat(request.path("$device_id").asText()).isEqualTo("d-2");
        assertThat(request.path("groups").toString()).isEqualTo("{\"company\":\"acme\"}");
        assertThat(request.path("person_properties").toString()).isEqualTo("{\"$device_id\":\"d-1\",\"plan\":\"pro\"}");
        assertThat(request.path("group_properties").toString()).isEqualTo("{\"company\":{\"size\":3}}");
        assertThat(request.path("geoip_disable").asBoolean()).isTrue();
        assertThat(request.path("flag_keys_to_evaluate").toString()).isEqualTo("[\"beta-ui\"]");
    }

    @Test
    @Tag("RFL-2")
    void whatIsNotSaidHasItsDefaultInTheRequest() {
        test.evaluate();

        assertThat(test.postHog.requests.get(0).toString()).isEqualTo("{\"token\":\"phc_test\",\"distinct_id\":\"user-123\","
                + "\"groups\":{},\"person_properties\":{},\"group_properties\":{},\"geoip_disable\":false,"
                + "\"evaluation_runtime\":\"server\"}");
    }

    @Test
    @Tag("RFL-7")
    void postHogIsToldThatAServerAsks() {
        test.evaluate("beta-ui");

        assertThat(test.postHog.requests.get(0).path("evaluation_runtime").asText()).isEqualTo("server");
    }

    @Test
    @Tag("EVF-21")
    void evaluationContextsAreSentAndFilterTheDefinitions() {
        TestEvaluations shop = TestEvaluations.of("flags.evaluation-contexts", "checkout,backend");
        shop.define(defined("tagged", "true", ", 'evaluation_contexts': ['web', 'checkout']") + ","
                + defined("other", "true", ", 'evaluation_contexts': ['web']") + "," + defined("untagged", "blue"));

        assertThat(shop.evaluate().keys()).containsExactlyInAnyOrder("tagged", "untagged");
        assertThat(shop.evaluate("other").keys()).isEmpty();
        assertThat(shop.postHog.requests).isEmpty();

        shop.evaluate(FlagContext.of(PERSON).onlyEvaluateRemotely());

        assertThat(shop.postHog.requests.get(0).path("evaluation_contexts").toString())
                .isEqualTo("[\"checkout\",\"backend\"]");
    }

    @Test
    @Tag("EVF-21")
    void aDependencyIsEvaluatedInAnyContext() {
        TestEvaluations shop = TestEvaluations.of("flags.evaluation-contexts", "checkout");
        shop.define(defined("base", "true", ", 'evaluation_contexts': ['web']") + ", {'key': 'top', 'active': true, 'filters': "
                + "{'groups': [{'properties': [{'key': 'base', 'type': 'flag', 'operator': 'flag_evaluates_to', 'value': true,"
                + " 'dependency_chain': ['base']}]}]}}");

        assertThat(shop.evaluate().results()).containsOnlyKeys("top");
        assertThat(shop.evaluate().isEnabled("top")).isTrue();
    }

    @Test
    @Tag("EVF-21")
    void anUnresolvedFlagOfAnotherContextIsNotRequested() {
        TestEvaluations shop = TestEvaluations.of("flags.evaluation-contexts", "checkout");
        shop.define(defined("beta-ui", "true") + ", " + definedForPro("other").replaceFirst("'active'",
                "'evaluation_contexts': ['web'], 'active'"));

        assertThat(shop.evaluate().keys()).containsExactly("beta-ui");
        assertThat(shop.postHog.requests).isEmpty();
    }

    @Test
    @Tag("EVF-3")
    void whatIsDecidedHereStaysAsItIsAndPostHogFillsTheGaps() {
        test.define(defined("beta-ui", "true") + "," + definedForPro("checkout"));
        test.postHog.answers(FlagsStub.flags("beta-ui", "false", "checkout", "blue"));

        FlagSnapshot flags = test.evaluate();

        assertThat(flags.value("beta-ui")).contains(FlagValue.ON);
        assertThat(flags.value("checkout")).contains(FlagValue.of("blue"));
        assertThat(flags.result("beta-ui").orElseThrow().locallyEvaluated()).isTrue();
        assertThat(flags.result("checkout").orElseThrow().locallyEvaluated()).isFalse();
    }

    @Test
    @Tag("EVF-2")
    void nothingIsAskedWhenEverythingIsDecidedHere() {
        test.define(defined("beta-ui", "true") + "," + definedForPro("checkout"));

        FlagSnapshot flags = test.evaluate(FlagContext.of(PERSON).personProperty("plan", "free"));

        assertThat(flags.value("checkout")).contains(FlagValue.OFF);
        assertThat(test.postHog.requests).isEmpty();
    }

    @Test
    @Tag("EVF-4")
    void aFlagWithoutADefinitionIsAskedForWithAllTheKeys() {
        test.define(defined("beta-ui", "true"));
        test.postHog.answers(FlagsStub.flags("beta-ui", "false", "checkout", "blue"));

        FlagSnapshot flags = test.evaluate("beta-ui", "checkout");

        assertThat(test.postHog.requests).hasSize(1);
        assertThat(test.postHog.requests.get(0).path("flag_keys_to_evaluate").toString())
                .isEqualTo("[\"beta-ui\",\"checkout\"]");
        assertThat(flags.value("beta-ui")).contains(FlagValue.ON);
        assertThat(flags.value("checkout")).contains(FlagValue.of("blue"));
    }

    @Test
    @Tag("EVF-3")
    void aGroupFlagWithoutItsGroupIsEvaluatedByPostHog() {
        test.define(defined("beta-ui", "true") + ",{'key': 'company-beta', 'active': true, 'filters': "
                + "{'aggregation_group_type_index': 0, 'groups': [{}]}}");
        test.postHog.answers(FlagsStub.flags("company-beta", "true"));

        assertThat(test.evaluate("company-beta").isEnabled("company-beta")).isTrue();

        assertThat(test.postHog.requests).singleElement()
                .satisfies(request -> assertThat(request.path("flag_keys_to_evaluate").toString())
                        .isEqualTo("[\"company-beta\"]"));
    }

    @Test
    @Tag("EVF-5")
    void aFlagThatNobodyKnowsIsAskedForOnce() {
        test.define(defined("beta-ui", "true"));

        assertThat(test.evaluate("unknown").keys()).isEmpty();
        assertThat(test.evaluate("unknown").keys()).isEmpty();

        assertThat(test.postHog.requests).hasSize(1);
    }

    @Test
    @Tag("EVF-5")
    void thatNobodyKnowsAFlagIsForgottenWhenTheDefinitionsAreRefreshed() {
        test.define(defined("beta-ui", "true"));
        assertThat(test.evaluate("unknown").keys()).isEmpty();

        test.refreshDefinitions();
        assertThat(test.evaluate("unknown").keys()).isEmpty();

        assertThat(test.postHog.requests).hasSize(2);
    }

    @Test
    @Tag("EVF-5")
    void aFlagThatIsUnknownForOnePersonIsUnknownForAll() {
        test.define(defined("beta-ui", "true"));

        assertThat(test.evaluate("unknown").keys()).isEmpty();
        assertThat(test.evaluate(FlagContext.of("other").flagKeys("unknown", "beta-ui")).keys()).containsExactly("beta-ui");

        assertThat(test.postHog.requests).hasSize(1);
    }

    @Test
    @Tag("EVF-5")
    void changedDefinitionsForgetUnknownFlags() {
        test.define(defined("beta-ui", "true"));
        assertThat(test.evaluate("unknown").keys()).isEmpty();

        test.define(defined("beta-ui", "false"));
        assertThat(test.evaluate("unknown").keys()).isEmpty();

        assertThat(test.postHog.requests).hasSize(2);
    }

    @Test
    @Tag("EVF-5")
    void aResponseToARequestBeforeTheRefreshDoesNotMakeAFlagUnknown() {
        test.define(defined("beta-ui", "true"));
        UniEmitter<? super RestResponse<byte[]>> held = hold("unknown");

        test.refreshDefinitions();
        FlagsStub.ok(FlagsStub.NOTHING).subscribe().with(held::complete);
        assertThat(test.evaluate("unknown").keys()).isEmpty();

        assertThat(test.postHog.requests).hasSize(2);
    }

    @Test
    @Tag("EVF-5")
    void aFlagThatPostHogReturnsIsNoLongerUnknown() {
        test.define(defined("beta-ui", "true"));
        assertThat(test.evaluate("new").keys()).isEmpty();

        test.postHog.answers(FlagsStub.flags("new", "true"));
        assertThat(test.evaluate("new", "another").keys()).containsExactly("new");
        assertThat(test.evaluate("new").keys()).containsExactly("new");

        assertThat(test.postHog.requests).hasSize(3);
    }

    @Test
    @Tag("EVF-5")
    void aFlagThatPostHogReturnedDoesNotBecomeUnknownByAnEarlierRequestForAnother() {
        test.define(defined("beta-ui", "true"));
        assertThat(test.evaluate("new").keys()).isEmpty();
        UniEmitter<? super RestResponse<byte[]>> held = hold("new", "another");

        test.postHog.answers(FlagsStub.flags("new", "true"));
        assertThat(test.evaluate("new", "third").keys()).containsExactly("new");
        FlagsStub.ok(FlagsStub.NOTHING).subscribe().with(held::complete);
        assertThat(test.evaluate("new").keys()).containsExactly("new");
    }

    /** Evaluates flags with a request that is answered later. */
    private UniEmitter<? super RestResponse<byte[]>> hold(String... keys) {
        AtomicReference<UniEmitter<? super RestResponse<byte[]>>> held = new AtomicReference<>();
        test.postHog.next(Uni.createFrom().<RestResponse<byte[]>> emitter(held::set));
        test.flags.evaluateFlags(FlagContext.of(PERSON).flagKeys(keys)).subscribe().with(flags -> {
        });
        return held.get();
    }

    @Test
    @Tag("EVF-5")
    void anIncompleteAnswerDoesNotSayThatAFlagIsUnknown() {
        test.define(defined("beta-ui", "true"));
        for (String answer : List.of("{'flags': {}, 'errorsWhileComputingFlags': true}",
                "{'flags': {}, 'quotaLimited': ['feature_flags']}")) {
            test.postHog.next(FlagsStub.ok(answer));
            assertThat(test.evaluate("unknown").keys()).isEmpty();
        }
        test.postHog.fails(Refusals.of(503, null));
        assertThat(test.evaluate("unknown").keys()).isEmpty();

        assertThat(test.evaluate("unknown").keys()).isEmpty();
        assertThat(test.postHog.requests).hasSize(4);
    }

    @Test
    @Tag("EVF-6")
    void onlyEvaluateLocallyAsksNobody() {
        test.define(defined("beta-ui", "true") + "," + definedForPro("checkout"));

        FlagSnapshot flags = test.evaluate(FlagContext.of(PERSON).onlyEvaluateLocally());

        assertThat(flags.keys()).containsExactly("beta-ui");
        assertThat(test.postHog.requests).isEmpty();
    }

    @Test
    @Tag("EVF-6")
    void onlyEvaluateLocallyWithoutDefinitionsHasNoFlags() {
        assertThat(test.evaluate(FlagContext.of(PERSON).onlyEvaluateLocally()).keys()).isEmpty();
        assertThat(test.postHog.requests).isEmpty();
    }

    @Test
    void onlyRemotelyDoesNotEvaluateHere() {
        test.define(defined("beta-ui", "true"));
        test.postHog.answers(FlagsStub.flags("beta-ui", "false"));

        assertThat(test.evaluate(FlagContext.of(PERSON).onlyEvaluateRemotely()).value("beta-ui")).contains(FlagValue.OFF);
    }

    @Test
    void whatIsLoadedIsEvaluatedAtOnce() {
        test.define(defined("beta-ui", "true") + "," + definedForPro("checkout"));

        FlagSnapshot flags = test.flags.evaluateFlagsLocally(PERSON);

        assertThat(flags.isEnabled("beta-ui")).isTrue();
        assertThat(flags.keys()).containsExactly("beta-ui");
        assertThat(test.flags.evaluateFlagsLocally(FlagContext.of(PERSON).flagKeys("beta-ui")).keys())
                .containsExactly("beta-ui");
    }

    @Test
    void withoutDefinitionsNothingIsEvaluatedAtOnce() {
        assertThat(test.flags.evaluateFlagsLocally(PERSON).keys()).isEmpty();
        assertThat(test.postHog.requests).isEmpty();
    }

    @Test
    @Tag("EVF-7")
    void keysScopeWhatIsEvaluatedHere() {
        test.define(defined("beta-ui", "true") + "," + defined("checkout", "blue") + "," + defined("search", "false"));

        FlagSnapshot flags = test.evaluate("beta-ui", "checkout");

        assertThat(flags.keys()).containsExactlyInAnyOrder("beta-ui", "checkout");
        assertThat(flags.variant("checkout")).contains("blue");
    }

    @Test
    @Tag("EVF-7")
    void keysScopeWhatPostHogAnswers() {
        test.postHog.answers(FlagsStub.flags("beta-ui", "true", "checkout", "blue", "search", "false"));

        assertThat(test.evaluate("beta-ui", "checkout").keys()).containsExactlyInAnyOrder("beta-ui", "checkout");
    }

    @Test
    @Tag("EVF-7")
    @Tag("FFC-2")
    void keysScopeWhatIsUsedAgain() {
        TestEvaluations cached = TestEvaluations.of("flags.cache.ttl", "1m");
        cached.postHog.answers(FlagsStub.flags("beta-ui", "true", "checkout", "blue", "search", "false"));

        cached.evaluate("beta-ui", "checkout");
        FlagSnapshot flags = cached.evaluate("beta-ui", "checkout");

        assertThat(flags.keys()).containsExactlyInAnyOrder("beta-ui", "checkout");
        assertThat(cached.postHog.requests).hasSize(1);
    }

    @Test
    @Tag("EVF-16")
    void nobodyHasNoFlags() {
        test.define(defined("beta-ui", "true"));
        for (String nobody : new String[] { null, "", "  " }) {
            FlagSnapshot flags = test.evaluate(FlagContext.of(nobody));

            assertThat(flags.keys()).isEmpty();
            assertThat(flags.distinctId()).isEmpty();
            assertThat(flags.isEnabled("beta-ui")).isFalse();
            assertThat(flags.isEnabled("beta-ui", true)).isTrue();
            assertThat(test.flags.evaluateFlagsLocally(FlagContext.of(nobody)).keys()).isEmpty();
        }
        assertThat(test.postHog.requests).isEmpty();
        assertThat(test.exposures()).isEmpty();
    }

    @Test
    @Tag("EVF-16")
    void flagsThatAreSwitchedOffHaveNoValues() {
        TestEvaluations off = TestEvaluations.of("flags.enabled", "false");
        off.define(defined("beta-ui", "true"));

        for (FlagSnapshot flags : List.of(off.evaluate(), off.flags.evaluateFlagsLocally(PERSON))) {
            assertThat(flags.keys()).isEmpty();
            assertThat(flags.isEnabled("beta-ui", true)).isTrue();
            assertThat(flags.value("beta-ui")).isEmpty();
            assertThat(flags.result("beta-ui")).isEmpty();
        }
        assertThat(now(off.flags.isFeatureEnabled("beta-ui", PERSON))).isFalse();
        assertThat(off.postHog.requests).isEmpty();
        assertThat(off.capture.sent()).isEmpty();
        assertThat(off.capture.status().dropped()).isEmpty();
    }

    @Test
    @Tag("EVF-17")
    void aFailureKeepsWhatWasDecidedHere() {
        test.define(defined("beta-ui", "true") + "," + definedForPro("checkout"));
        test.postHog.fails(new ProcessingException(new ConnectException("Connection refused")));

        FlagSnapshot flags = test.evaluate();

        assertThat(flags.isEnabled("beta-ui")).isTrue();
        assertThat(flags.keys()).containsExactly("beta-ui");
        assertThat(flags.errors()).containsExactly(FlagError.CONNECTION_ERROR);
        assertThat(test.postHog.requests).hasSize(1);
    }

    @Test
    @Tag("EVF-17")
    void aPartOfTheFlagsIsBetterThanNone() {
        test.postHog.answers("{'flags': {" + FlagsStub.flag("beta-ui", "true", "") + ","
                + FlagsStub.flag("checkout", "false", ", 'failed': true") + "}, 'errorsWhileComputingFlags': true}");

        FlagSnapshot flags = test.evaluate();

        assertThat(flags.keys()).containsExactly("beta-ui");
        assertThat(flags.errors()).containsExactly(FlagError.ERRORS_WHILE_COMPUTING_FLAGS);
    }

    @Test
    @Tag("EVF-17")
    void noFailureReachesTheCaller() {
        Map<Throwable, FlagError> failures = Map.of(
                Refusals.of(401, null), FlagError.apiError(401),
                Refusals.of(402, null), FlagError.QUOTA_LIMITED,
                Refusals.of(429, "1"), FlagError.apiError(429),
                Refusals.of(500, null), FlagError.apiError(500),
                Refusals.of(503, null), FlagError.apiError(503),
                new ProcessingException(new java.util.concurrent.TimeoutException("no answer")), FlagError.TIMEOUT,
                new ProcessingException("no reader for this content type"), FlagError.CONNECTION_ERROR,
                new IllegalStateException("a defect"), FlagError.CONNECTION_ERROR);
        failures.forEach((failure, error) -> {
            test.postHog.fails(failure);
            FlagSnapshot flags = test.evaluate();
            assertThat(flags.keys()).isEmpty();
            assertThat(flags.isEnabled("beta-ui", true)).isTrue();
            assertThat(flags.errors()).containsExactly(error);
        });
    }

    @Test
    @Tag("FLG-8")
    void aDefectHereIsLoggedOnceAndIsNoFailureOfTheCaller() {
        test.define(definedForPro("checkout"));
        FlagContext broken = FlagContext.of(PERSON).personProperty("plan", new BrokenText());

        for (int i = 0; i < 2; i++) {
            FlagSnapshot flags = test.evaluate(broken);
            assertThat(flags.keys()).isEmpty();
            assertThat(flags.errors()).containsExactly(FlagError.UNKNOWN_ERROR);
            assertThat(test.flags.evaluateFlagsLocally(broken).isEnabled("checkout", true)).isTrue();
            assertThat(now(test.flags.isFeatureEnabled("checkout", broken, true))).isTrue();
            assertThat(now(test.flags.getFeatureFlag("checkout", broken))).isNull();
            assertThat(now(test.flags.getFeatureFlagResult("checkout", broken))).isNull();
            assertThat(now(test.flags.getFeatureFlagPayload("checkout", broken, String.class))).isNull();
            assertThat(now(test.flags.getAllFlags(broken))).isEmpty();
        }

        assertThat(log.lines()).singleElement().asString()
                .startsWith("WARN PostHog account 'default' could not evaluate flags; they have their default values");
    }

    @Test
    @Tag("FLG-8")
    void nothingIsThrownWhenTheRequestIsBroken() {
        // Whatever it is that fails when somebody wants to know who makes the request
        test.inRequest = null;

        assertThat(test.evaluate().errors()).containsExactly(FlagError.UNKNOWN_ERROR);
        assertThat(test.flags.evaluateFlagsLocally(PERSON).keys()).isEmpty();
        assertThat(now(test.flags.isFeatureEnabled("beta-ui", PERSON, true))).isTrue();
        assertThat(test.postHog.requests).isEmpty();
    }

    @Test
    @Tag("FLG-8")
    void keysAreCaseSensitive() {
        test.postHog.answers(FlagsStub.flags("checkout", "blue"));
        test.define(defined("beta-ui", "true"));

        assertThat(now(test.flags.isFeatureEnabled("Beta-UI", PERSON))).isFalse();
        assertThat(now(test.flags.getFeatureFlag("Checkout", PERSON))).isNull();
        assertThat(now(test.flags.getFeatureFlag("checkout", PERSON))).isEqualTo(FlagValue.of("blue"));
    }

    @Test
    @Tag("FLG-8")
    void nothingIsThrownForWhatIsNull() {
        test.define(defined("beta-ui", "true"));
        FlagContext nobody = null;

        assertThat(now(test.flags.isFeatureEnabled("beta-ui", nobody, true))).isTrue();
        assertThat(now(test.flags.getFeatureFlag("beta-ui", nobody))).isNull();
        assertThat(test.evaluate(nobody).keys()).isEmpty();
        assertThat(test.flags.evaluateFlagsLocally(nobody).keys()).isEmpty();
        for (FlagSnapshot flags : List.of(test.evaluate(), test.evaluate("beta-ui"), test.evaluate(nobody))) {
            assertThat(flags.isEnabled(null, true)).isTrue();
            assertThat(flags.value(null)).isEmpty();
            assertThat(flags.result(null)).isEmpty();
            assertThat(flags.payload(null)).isEmpty();
            assertThat(flags.payload(null, String.class)).isEmpty();
            assertThat(flags.only("beta-ui", null, "missing").keys()).doesNotContain("missing");
        }
        assertThat(test.exposures()).isEmpty();
        assertThat(test.evaluate(FlagContext.of(PERSON).group(null, "acme")).isEnabled("checkout", true)).isTrue();
        assertThat(test.evaluate(FlagContext.of(PERSON).group("company", null)).isEnabled("beta-ui")).isTrue();
        assertThat(test.evaluate(FlagContext.of(PERSON).personProperty(null, null)).isEnabled("beta-ui")).isTrue();
    }

    /** What an application may give for a property, and never should. */
    private static final class BrokenText implements CharSequence {

        @Override
        public int length() {
            throw new IllegalStateException("broken");
        }

        @Override
        public char charAt(int index) {
            throw new IllegalStateException("broken");
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            throw new IllegalStateException("broken");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("broken");
        }
    }

    @Test
    @Tag("RFL-9")
    void anAnswerWithoutFlagsIsAFailure() {
        for (String answer : List.of("", "[]", "{", "{'status': 1}", "<html></html>", "null", "1", "{'flags': []}",
                "[".repeat(5_000), "{'flags': {'a': " + "9".repeat(2_000) + "}}", "{'a': 1e1000000000")) {
            test.postHog.next(FlagsStub.ok(answer));
            assertThat(test.evaluate().errors()).as(answer).containsExactly(FlagError.UNKNOWN_ERROR);
        }
    }

    @Test
    void anOutageIsLoggedOnce() {
        for (int i = 0; i < 3; i++) {
            test.postHog.fails(Refusals.of(503, null));
            test.evaluate();
        }
        test.evaluate();

        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0)).startsWith("WARN PostHog account 'default' could not evaluate flags with PostHog")
                .contains("503").doesNotContain("phc_test");
        assertThat(log.lines().get(1)).isEqualTo("INFO PostHog account 'default' evaluates flags again");
    }

    @Test
    void aUsedUpQuotaIsLogged() {
        test.postHog.answers("{'flags': {}, 'quotaLimited': ['feature_flags']}");

        assertThat(test.evaluate().errors()).containsExactly(FlagError.QUOTA_LIMITED);
        assertThat(log.warnings()).singleElement().asString().contains("quota of flag requests");
    }

    @Test
    void aPropertyThatCantBeWrittenIsNoFailureOfTheCaller() {
        FlagSnapshot flags = test.evaluate(FlagContext.of(PERSON).personProperty("self", new Object() {
            @SuppressWarnings("unused")
            public Object getSelf() {
                throw new IllegalStateException("broken");
            }
        }));

        assertThat(flags.errors()).containsExactly(FlagError.UNKNOWN_ERROR);
        assertThat(test.postHog.requests).isEmpty();
    }

    @Test
    void theSameQuestionAtTheSameTimeIsAskedOnce() {
        AtomicReference<UniEmitter<? super RestResponse<byte[]>>> held = new AtomicReference<>();
        test.postHog.next(Uni.createFrom().<RestResponse<byte[]>> emitter(held::set));
        List<FlagSnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            test.flags.evaluateFlags(PERSON).subscribe().with(snapshots::add);
        }
        test.flags.evaluateFlags("somebody else").subscribe().with(flags -> {
        });

        FlagsStub.ok(FlagsStub.flags("beta-ui", "true")).subscribe().with(held.get()::complete);

        assertThat(snapshots).hasSize(3).allMatch(flags -> flags.keys().contains("beta-ui"));
        assertThat(test.postHog.requests).hasSize(2);
    }

    @Test
    @Tag("RFL-3")
    void oneQuestionAfterTheOtherIsAskedEachTime() {
        test.evaluate("beta-ui");
        test.evaluate("beta-ui");

        assertThat(test.postHog.requests).hasSize(2);
    }

    @Test
    @Tag("FFC-1")
    void anAnswerIsUsedAgainWhereThatIsConfigured() {
        TestEvaluations cached = TestEvaluations.of("flags.cache.ttl", "1m", "flags.max-retries", "0");
        cached.postHog.answers("{'flags': {" + FlagsStub.flag("beta-ui", "true", ", 'metadata': {'payload': '1'}") + "}}");

        cached.evaluate();
        FlagSnapshot again = cached.evaluate();

        assertThat(again.isEnabled("beta-ui")).isTrue();
        assertThat(again.payload("beta-ui")).contains("1");
        assertThat(cached.postHog.requests).hasSize(1);
        assertThat(cached.evaluate(FlagContext.of(PERSON).personProperty("plan", "pro")).keys()).isNotEmpty();
        assertThat(cached.evaluate(FlagContext.of(PERSON).onlyEvaluateRemotely()).keys()).isNotEmpty();
        assertThat(cached.postHog.requests).hasSize(3);
    }

    @Test
    @Tag("FFC-3")
    void reloadingForgetsAnswers() {
        TestEvaluations cached = TestEvaluations.of("flags.cache.ttl", "1m");
        cached.evaluate();

        now(cached.flags.reloadFlagDefinitions());
        cached.evaluate();

        assertThat(cached.postHog.requests).hasSize(2);
    }

    @Test
    @Tag("FFC-3")
    void otherDefinitionsForgetAnswers() {
        TestEvaluations cached = TestEvaluations.of("flags.cache.ttl", "1m");
        cached.evaluate();

        cached.define(definedForPro("for-pro"));
        cached.evaluate();

        assertThat(cached.postHog.requests).hasSize(2);
    }

    @Test
    @Tag("FFC-3")
    void whatWasAskedBeforeAReloadIsNotTheAnswerAfterIt() {
        TestEvaluations cached = TestEvaluations.of("flags.cache.ttl", "1m");
        AtomicReference<UniEmitter<? super RestResponse<byte[]>>> held = new AtomicReference<>();
        cached.postHog.next(Uni.createFrom().<RestResponse<byte[]>> emitter(held::set));
        cached.postHog.answers(FlagsStub.flags("beta-ui", "true"));
        UniAssertSubscriber<FlagSnapshot> before = cached.flags.evaluateFlags(PERSON).subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        now(cached.flags.reloadFlagDefinitions());

        UniAssertSubscriber<FlagSnapshot> after = cached.flags.evaluateFlags(PERSON).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        assertThat(after.assertCompleted().getItem().isEnabled("beta-ui")).as("is asked again").isTrue();
        FlagsStub.ok(FlagsStub.flags("beta-ui", "false")).subscribe().with(held.get()::complete);
        assertThat(before.assertCompleted().getItem().isEnabled("beta-ui")).isFalse();
        assertThat(cached.evaluate().isEnabled("beta-ui")).as("is kept").isTrue();
        assertThat(cached.postHog.requests).hasSize(2);
    }

    @Test
    @Tag("FFC-3")
    void whatWasAskedBeforeAReloadIsNotKeptAfterIt() {
        TestEvaluations cached = TestEvaluations.of("flags.cache.ttl", "1m");
        AtomicReference<UniEmitter<? super RestResponse<byte[]>>> held = new AtomicReference<>();
        cached.postHog.next(Uni.createFrom().<RestResponse<byte[]>> emitter(held::set));
        cached.flags.evaluateFlags(PERSON).subscribe().with(flags -> {
        });

        now(cached.flags.reloadFlagDefinitions());
        FlagsStub.ok(FlagsStub.flags("beta-ui", "false")).subscribe().with(held.get()::complete);
        cached.postHog.answers(FlagsStub.flags("beta-ui", "true"));

        assertThat(cached.evaluate().isEnabled("beta-ui")).isTrue();
    }

    @Test
    @Tag("FDL-13")
    void anEvaluationRightAfterTheStartWaitsForDefinitions() {
        test.expectDefinitions();
        UniAssertSubscriber<FlagSnapshot> waiting = test.flags.evaluateFlags(FlagContext.of(PERSON))
                .subscribe().withSubscriber(UniAssertSubscriber.create());
        waiting.assertNotTerminated();

        test.define(defined("beta-ui", "true"));

        assertThat(waiting.assertCompleted().getItem().isEnabled("beta-ui")).isTrue();
        assertThat(test.postHog.requests).isEmpty();
    }

    @Test
    @Tag("FDL-13")
    void whatIsAskedOfPostHogAnywayAndWhatMustNotWaitDoesNot() {
        test.expectDefinitions();

        test.evaluate(FlagContext.of(PERSON).onlyEvaluateRemotely());

        assertThat(test.postHog.requests).hasSize(1);
        assertThat(test.flags.evaluateFlagsLocally(FlagContext.of(PERSON)).keys()).isEmpty();
    }

    @Test
    @Tag("FFC-4")
    void anIncompleteAnswerIsNotUsedAgain() {
        TestEvaluations cached = TestEvaluations.of("flags.cache.ttl", "1m");
        cached.postHog.next(FlagsStub.ok("{'flags': {}, 'errorsWhileComputingFlags': true}"));
        cached.postHog.answers(FlagsStub.flags("beta-ui", "true"));

        assertThat(cached.evaluate().keys()).isEmpty();
        assertThat(cached.evaluate().keys()).containsExactly("beta-ui");
    }

    @Test
    @Tag("FFC-4")
    @Tag("HTC-4")
    @Tag("RFL-5")
    void whatIsKeptOutlivesAnIncompleteAnswerAndARefusal() {
        TestEvaluations cached = TestEvaluations.of("flags.cache.ttl", "1m", "flags.max-retries", "1");
        cached.postHog.next(FlagsStub.ok(FlagsStub.flags("beta-ui", "true", "checkout", "blue")));
        cached.evaluate();
        FlagContext again = FlagContext.of(PERSON).onlyEvaluateRemotely();

        cached.postHog.next(FlagsStub.ok("{'flags': {" + FlagsStub.flag("beta-ui", "true", "")
                + "}, 'errorsWhileComputingFlags': true}"));
        assertThat(cached.evaluate(again).keys()).containsExactly("beta-ui");
        cached.postHog.fails(Refusals.of(503, null));
        assertThat(cached.evaluate(again).keys()).isEmpty();

        assertThat(cached.evaluate().keys()).containsExactlyInAnyOrder("beta-ui", "checkout");
        assertThat(cached.postHog.requests).as("one each, and none for what is kept").hasSize(3);
    }

    @Test
    @Tag("RFL-4")
    void anAnswerWithReasonsIsRead() {
        test.postHog.answers("{'flags': {"
                + FlagsStub.flag("beta-ui", "true", ", 'reason': {'code': 'condition_match'}")
                + "," + FlagsStub.flag("checkout", "blue", ", 'metadata': {'payload': '1'}")
                + "," + FlagsStub.flag("off", "false", ", 'reason': {'code': 'no_condition_match'}")
                + "," + FlagsStub.flag("failed", "true", ", 'failed': true") + "}}");

        FlagSnapshot flags = test.evaluate();

        assertThat(flags.value("beta-ui")).contains(FlagValue.ON);
        assertThat(flags.value("checkout")).contains(FlagValue.of("blue"));
        assertThat(flags.payload("checkout")).contains("1");
        assertThat(flags.value("off")).contains(FlagValue.OFF);
        assertThat(flags.result("off").orElseThrow().reason().orElseThrow().code()).isEqualTo("no_condition_match");
        assertThat(flags.value("failed")).isEmpty();
    }

    @Test
    @Tag("RFL-4")
    void theOlderFormOfAnAnswerIsRead() {
        test.postHog.answers("{'featureFlags': {'beta-ui': true, 'checkout': 'blue', 'off': false, 'odd': 3}, "
                + "'featureFlagPayloads': {'checkout': '{\\'a\\': 1}'}}".replace("\\'", "\\\""));

        FlagSnapshot flags = test.evaluate();

        assertThat(flags.keys()).containsExactlyInAnyOrder("beta-ui", "checkout", "off");
        assertThat(flags.value("checkout")).contains(FlagValue.of("blue"));
        assertThat(flags.value("off")).contains(FlagValue.OFF);
        assertThat(flags.payload("checkout")).contains("{\"a\": 1}");
    }

    @Test
    @Tag("EVF-7")
    void anEmptyListOfKeysIsNoFlagRatherThanAll() {
        for (boolean defined : new boolean[] { false, true }) {
            if (defined) {
                test.define(defined("beta-ui", "true"));
            }
            for (FlagContext nothing : List.of(FlagContext.of(PERSON).flagKeys(List.of()),
                    FlagContext.of(PERSON).flagKeys("beta-ui").flagKeys(new String[0]), FlagContext.of(PERSON).flagKey(null))) {
                assertThat(test.evaluate(nothing).keys()).isEmpty();
                assertThat(test.evaluate(nothing.onlyEvaluateRemotely()).keys()).isEmpty();
                assertThat(test.flags.evaluateFlagsLocally(nothing).keys()).isEmpty();
            }
        }
        assertThat(test.postHog.requests).isEmpty();

        assertThat(test.evaluate(FlagContext.of(PERSON).flagKeys(List.of()).allFlags()).keys()).containsExactly("beta-ui");
    }

    @Test
    @Tag("FLG-8")
    void noKeyIsNoFlagRatherThanAll() {
        test.define(defined("beta-ui", "true"));

        assertThat(now(test.flags.isFeatureEnabled(null, PERSON, true))).isTrue();
        assertThat(now(test.flags.getFeatureFlag(null, PERSON))).isNull();
        assertThat(test.evaluate(FlagContext.of(PERSON).flagKeys((String) null)).keys()).isEmpty();
        assertThat(test.evaluate(FlagContext.of(PERSON).flagKeys(null, "beta-ui")).keys()).containsExactly("beta-ui");
    }

    @Test
    @Tag("RFL-1")
    void nothingIsAskedBeforeAFlagIs() {
        test.capture.pipeline.capture(CaptureRequest.of(CaptureEvent.of("purchase", PERSON)));
        test.capture.sent();

        assertThat(test.postHog.requests).isEmpty();
    }
}
