package io.quarkiverse.posthog.runtime.flags.definitions;

import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.definitions;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.flag;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.flags;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.notModified;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.ok;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.refusedConnection;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus.Origin;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.Held;
import io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.Request;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Loading definitions from PostHog. */
class LoadingTest {

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.flags");

    private final TestLoader test = TestLoader.of();

    @Test
    @Tag("FDL-1")
    void theStartLoadsThemWithTheSecureKey() {
        test.postHog.always(ok(flags("beta-ui")));

        test.started();

        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(test.postHog.requests)
                .containsExactly(new Request(null, TestLoader.TOKEN, ""));
        assertThat(test.status()).isEqualTo(new FlagDefinitionsStatus(true, true, 1, Optional.of(Origin.POSTHOG),
                Optional.of(test.background.now()), Optional.empty(), 1));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @Tag("FDL-2")
    void anOutageKeepsWhatIsLoadedAndIsLoggedOnce() {
        test.postHog.always(ok(flags("beta-ui")));
        test.started();
        Instant confirmed = test.background.now();

        for (Uni<RestResponse<byte[]>> failure : List.of(status(503), refusedConnection(), status(500))) {
            test.postHog.answering(failure);
            test.poll();
        }

        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(test.status().confirmedAt()).contains(confirmed);
        assertThat(test.loader.refreshes()).as("failures confirm nothing").isEqualTo(1);
        assertThat(test.status().lastFailure().orElseThrow()).contains("PostHog responded with 500");
        assertThat(log.warnings()).singleElement().asString()
                .startsWith("PostHog account 'default': flag definitions could not be loaded: ")
                .contains("PostHog responded with 503").endsWith("; the definitions of " + confirmed + " are used");
        test.poll();
        assertThat(test.status().lastFailure()).isEmpty();
        assertThat(log.lines()).last()
                .isEqualTo("INFO PostHog account 'default': flag definitions are loading again");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "<html>", "{}", "{\"flags\": 1}", "[]", "{\"flags\": [" })
    @Tag("FDL-2")
    void anAnswerThatIsNoDefinitionsKeepsWhatIsLoaded(String body) {
        test.postHog.always(ok(flags("beta-ui"), "W/\"1\""));
        test.started();

        test.postHog.answering(ok(body, "W/\"2\""));
        test.poll();

        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(log.warnings()).singleElement().asString().contains("flagDefinitions: the response can't be parsed: ");
        test.poll();
        assertThat(test.postHog.etags()).as("the ETag is that of what is loaded").containsExactly(null, "W/\"1\"",
                "W/\"1\"");
    }

    @Test
    @Tag("FDL-2")
    void anAnswerThatRepeatsAKeyDoesNotBringItIntoTheLog() {
        test.postHog.always(ok(TestLoader.SECURE_KEY));

        test.started();

        assertThat(log.warnings()).singleElement().asString().contains("***").doesNotContain(TestLoader.SECURE_KEY);
        assertThat(test.status().lastFailure().orElseThrow()).doesNotContain(TestLoader.SECURE_KEY);
    }

    @Test
    @Tag("EVF-23")
    void aFlagWithExperienceContinuityIsLoggedOnce() {
        String persisted = flag("checkout", 100).replace("\"active\"", "\"ensure_experience_continuity\":true,\"active\"");
        test.postHog.always(ok(definitions(persisted, "")));

        test.started();
        test.poll();
        test.postHog.always(ok(definitions(persisted + "," + flag("beta-ui", 100), "")));
        test.poll();

        assertThat(log.warnings()).singleElement().asString().contains("'default'", "'checkout'", "experience_continuity");
    }

    @Test
    @Tag("FDL-3")
    void theyAreLoadedAgainAtEachInterval() {
        test.started();

        for (int polls = 1; polls < 20; polls++) {
            assertThat(test.background.untilNextTimer()).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(33));
            test.background.advance(test.background.untilNextTimer());
            assertThat(test.postHog.requests).hasSize(polls + 1);
        }
    }

    @Test
    @Tag("FDL-3")
    void theIntervalIsConfigured() {
        TestLoader often = TestLoader.of("flags.definitions.poll-interval", "1s").started();

        assertThat(often.background.untilNextTimer()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1100));
    }

    @Test
    @Tag("FDL-3")
    void whatHasNotChangedIsNotSentAgainAndConfirmsWhatIsLoaded() {
        test.postHog.answering(ok(flags("beta-ui"), "W/\"1\""), notModified("W/\"2\""), notModified(null));
        test.started();
        LocalEvaluator evaluator = test.loader.evaluator();
        long refreshes = test.loader.refreshes();

        test.poll();
        test.poll();

        assertThat(test.loader.evaluator()).isSameAs(evaluator);
        assertThat(test.loader.refreshes()).isEqualTo(refreshes + 2);
        assertThat(test.status().age(test.background.now()).orElseThrow()).isLessThan(Duration.ofSeconds(33));
        assertThat(test.changes).hasSize(1);
        assertThat(test.forgotten).hasValue(1);
        test.poll();
        assertThat(test.postHog.etags()).containsExactly(null, "W/\"1\"", "W/\"2\"", "W/\"2\"");
    }

    @Test
    @Tag("FDL-3")
    void anAnswerWithoutAnETagHasNoneNextTime() {
        test.postHog.answering(ok(flags("beta-ui"), "W/\"1\""), ok(flags("beta-ui")));
        test.started();
        test.poll();
        test.poll();

        assertThat(test.postHog.etags()).containsExactly(null, "W/\"1\"", null);
    }

    @Test
    @Tag("FDL-3")
    void theSameAnswerAgainIsNotParsed() {
        test.postHog.always(ok(flags("beta-ui")));
        test.started();
        LocalEvaluator evaluator = test.loader.evaluator();

        test.poll();

        assertThat(test.postHog.requests).hasSize(2);
        assertThat(test.loader.evaluator()).isSameAs(evaluator);
        assertThat(test.loader.refreshes()).isEqualTo(2);
        assertThat(test.changes).hasSize(1);
        assertThat(test.forgotten).hasValue(1);
    }

    /** The running load may have read the definitions before the change that the caller knows of. */
    @Test
    @Tag("FDL-4")
    void reloadsDuringALoadShareTheLoadAfterIt() {
        Held held = new Held();
        test.postHog.answering(held.answer(), ok(flags("old", "new")));
        test.started();

        UniAssertSubscriber<FlagDefinitionsStatus> one = test.reloading();
        UniAssertSubscriber<FlagDefinitionsStatus> other = test.reloading();
        assertThat(test.postHog.requests).hasSize(1);
        one.assertNotTerminated();
        held.release(ok(flags("old")));
        test.background.run();

        assertThat(one.assertCompleted().getItem().flagCount()).isEqualTo(2);
        assertThat(other.assertCompleted().getItem()).isEqualTo(one.getItem());
        assertThat(test.postHog.requests).hasSize(2);
        assertThat(test.background.timers()).isEqualTo(1);
    }

    @Test
    @Tag("FDL-4")
    void reloadsEndWhenTheLoaderIsClosed() {
        test.postHog.answering(new Held().answer());
        test.started();
        UniAssertSubscriber<FlagDefinitionsStatus> reload = test.reloading();

        test.loader.close();

        reload.assertCompleted();
        assertThat(test.postHog.requests).hasSize(1);
    }

    @Test
    @Tag("FDL-4")
    void whoGivesUpWaitingDoesNotStopTheLoad() {
        test.started();
        Held held = new Held();
        test.postHog.answering(held.answer());

        test.reloading().cancel();
        held.release(ok(flags("beta-ui")));
        test.background.run();

        assertThat(test.isOn("beta-ui")).isTrue();
    }

    @Test
    @Tag("FDL-4")
    void newDefinitionsReplaceTheOldOnesAsAWhole() {
        test.postHog.answering(ok(flags("old", "both")), ok(flags("both", "new")));
        test.started();
        LocalEvaluator before = test.loader.evaluator();

        test.poll();

        assertThat(test.keys()).containsOnly("both", "new");
        assertThat(before.definitions().keys()).containsOnly("old", "both");
    }

    @Test
    @Tag("FDL-4")
    void reloadingLoadsThemAtOnceAndTheIntervalBeginsAnew() {
        test.started();
        test.background.advance(Duration.ofSeconds(20));

        test.postHog.always(ok(flags("beta-ui")));
        UniAssertSubscriber<FlagDefinitionsStatus> reload = test.reloading();

        assertThat(reload.assertCompleted().getItem().flagCount()).isEqualTo(1);
        assertThat(test.postHog.requests).hasSize(2);
        assertThat(test.background.timers()).isEqualTo(1);
        assertThat(test.background.untilNextTimer()).isGreaterThanOrEqualTo(Duration.ofSeconds(27));
    }

    @Test
    @Tag("FDL-5")
    void aUsedUpQuotaTakesTheDefinitionsAwayUntilThereAreSomeAgain() {
        test.postHog.always(ok(flags("beta-ui"), "W/\"1\""));
        test.started();

        test.postHog.answering(status(402), status(402));
        test.poll();
        test.poll();

        assertThat(test.loader.evaluator()).isNull();
        assertThat(test.status().loaded()).isFalse();
        assertThat(test.forgotten).hasValue(2);
        assertThat(test.changes).containsExactly(Set.of("beta-ui"), Set.of("beta-ui"));
        assertThat(log.warnings()).singleElement().asString().contains("PostHog evaluates all flags",
                "PostHog responded with 402", "quota");
        test.poll();
        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(test.postHog.etags()).containsExactly(null, "W/\"1\"", null, null);
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 403 })
    @Tag("FDL-5")
    void aRejectedKeyIsLoggedOnceAndRetriedWithBackoff(int status) {
        test.postHog.always(status(status));
        test.started();

        assertThat(test.background.untilNextTimer()).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66));
        test.background.advance(test.background.untilNextTimer());
        test.background.advance(test.background.untilNextTimer());

        assertThat(test.postHog.requests).hasSize(3);
        assertThat(test.background.untilNextTimer()).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66));
        assertThat(test.status().loaded()).isFalse();
        assertThat(test.loader.refreshes()).isZero();
        assertThat(log.warnings()).singleElement().asString()
                .contains("PostHog account 'default'", "PostHog responded with " + status,
                        "; set quarkus.posthog.feature-flags-secure-api-key to the feature flags secure API key",
                        "quarkus.posthog.personal-api-key to a personal API key with the scope feature_flag:read")
                .doesNotContain(TestLoader.SECURE_KEY);
    }

    @Test
    @Tag("FDL-5")
    void aRefusedKeyLeavesWhatIsLoaded() {
        test.postHog.answering(ok(flags("beta-ui")), status(401));
        test.started();

        test.poll();

        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(test.status().lastFailure()).isPresent();
    }

    @Test
    @Tag("FDL-5")
    void theIntervalIsAsBeforeWhenTheKeyIsAccepted() {
        TestLoader often = TestLoader.of("flags.definitions.poll-interval", "1s");
        often.postHog.answering(status(401), status(401), status(401), ok(flags()), status(401));
        often.started();
        for (int seconds : List.of(2, 4, 8, 1, 2)) {
            assertThat(often.background.untilNextTimer())
                    .isBetween(Duration.ofMillis(seconds * 900), Duration.ofMillis(seconds * 1100));
            often.background.advance(often.background.untilNextTimer());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 429, 503 })
    @Tag("FDL-5")
    void retryAfterDelaysTheNextPoll(int status) {
        test.postHog.always(status(status, "300"));

        test.started();

        assertThat(test.background.untilNextTimer()).isEqualTo(Duration.ofSeconds(300));
    }

    @Test
    @Tag("FDL-5")
    void aWaitThatIsShorterThanTheIntervalOrAbsurdlyLongIsNotTaken() {
        test.postHog.answering(status(429, "1"), status(429, "99999999"));

        test.started();
        assertThat(test.background.untilNextTimer()).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66));
        test.background.advance(test.background.untilNextTimer());
        assertThat(test.background.untilNextTimer()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    @Tag("FDL-6")
    void notModifiedWithoutDefinitionsIsAFailure() {
        test.postHog.always(notModified("W/\"1\""));

        test.started();
        test.poll();

        assertThat(test.status().loaded()).isFalse();
        assertThat(test.loader.refreshes()).isZero();
        assertThat(test.postHog.etags()).containsExactly(null, null);
        assertThat(log.warnings()).singleElement().asString().contains("status 304 (not modified)");
    }

    @Test
    @Tag("FDL-6")
    void whatArrivesAfterTheEndChangesNothing() {
        Held held = new Held();
        test.postHog.answering(ok(flags("beta-ui")), held.answer());
        test.started();
        test.poll();

        test.loader.close();
        held.release(ok(flags("other")));
        test.background.run();

        assertThat(test.keys()).containsExactly("beta-ui");
        assertThat(test.changes).hasSize(1);
    }

    @Test
    @Tag("FDL-6")
    void whatIsBeingReadAtTheEndChangesNothing() {
        Held held = new Held();
        test.postHog.answering(held.answer());
        test.started();
        held.release(ok(flags("beta-ui")));

        test.loader.close();
        test.background.run();

        assertThat(test.status().loaded()).isFalse();
        assertThat(test.changes).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @Tag("FDL-13")
    void whoeverWaitsForThemWaitsForTheFirstOnes() {
        Held held = new Held();
        test.postHog.answering(held.answer());
        test.started();
        assertThat(test.loader.isReady()).isFalse();
        UniAssertSubscriber<Void> waiting = test.loader.ready().subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        held.release(ok(flags("beta-ui")));
        test.background.run();

        waiting.assertCompleted();
        assertThat(test.isReady()).isTrue();
    }

    @Test
    @Tag("FDL-13")
    void whoeverWaitsForThemDoesNotWaitAfterAFailure() {
        test.postHog.always(status(503));

        test.started();

        assertThat(test.isReady()).isTrue();
        assertThat(test.background.timers()).as("only the next poll").isEqualTo(1);
    }

    @Test
    @Tag("FDL-13")
    void whoeverWaitsForThemDoesNotWaitLongerThanConfigured() {
        test.postHog.always(new Held().answer());
        test.started();
        UniAssertSubscriber<Void> waiting = test.loader.ready().subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        test.background.advance(Duration.ofMillis(2999));
        waiting.assertNotTerminated();
        test.background.advance(Duration.ofMillis(1));

        waiting.assertCompleted();
    }

    @Test
    @Tag("FDL-13")
    void withoutAWaitNobodyWaits() {
        TestLoader impatient = TestLoader.of("flags.definitions.startup-timeout", "0s");
        impatient.postHog.always(new Held().answer());

        impatient.started();

        assertThat(impatient.isReady()).isTrue();
        assertThat(impatient.background.timers()).isZero();
    }

    @Test
    @Tag("FDL-15")
    void changesAreToldWithTheFlagsThatChanged() {
        test.postHog.answering(ok(flags("same", "changed", "removed")),
                ok(definitions(flag("changed", 50) + "," + flag("same", 100) + "," + flag("added", 100), "")));
        test.started();

        test.poll();

        assertThat(test.changes).containsExactly(Set.of("same", "changed", "removed"),
                Set.of("changed", "removed", "added"));
        assertThat(test.forgotten).hasValue(2);
    }

    @Test
    @Tag("FDL-15")
    void aChangeOfThePropertyMatchingVersionAloneIsAChange() {
        test.postHog.answering(ok(definitions(flag("beta-ui", 100), "")),
                ok(definitions(flag("beta-ui", 100), ",\"property_matching_version\":2")));
        test.started();
        assertThat(test.status().propertyMatchingVersion()).isEqualTo(1);
        test.poll();

        assertThat(test.status().propertyMatchingVersion()).isEqualTo(2);
        assertThat(test.changes).containsExactly(Set.of("beta-ui"), Set.of("beta-ui"));
    }

    @Test
    @Tag("FDL-15")
    void thereIsNothingToTellWhenNoFlagChanged() {
        test.postHog.answering(ok(flags("beta-ui")),
                ok(definitions(flag("beta-ui", 100), ",\"minimal_flag_called_events\":true")));
        test.started();

        test.poll();

        assertThat(test.changes).hasSize(1);
        assertThat(test.loader.evaluator().definitions().minimalFlagCalledEvents()).isTrue();
        assertThat(test.forgotten).as("what is remembered may differ all the same").hasValue(2);
    }

    @Test
    @Tag("TRK-10")
    void thatPostHogWantsShortExposuresOutlivesPollsAndFailures() {
        test.postHog.answering(
                ok(definitions(flag("beta-ui", 100), ",\"minimal_flag_called_events\":true"), "W/\"1\""),
                notModified("W/\"1\""), status(503), notModified(null));
        test.started();

        for (int polls = 0; polls < 3; polls++) {
            test.poll();
            assertThat(test.loader.evaluator().definitions().minimalFlagCalledEvents()).isTrue();
        }
        assertThat(test.postHog.requests).hasSize(4);
    }

    @Test
    @Tag("FDL-15")
    void theFirstDefinitionsAreToldEvenIfTheyAreEmpty() {
        test.started();

        assertThat(test.changes).containsExactly(Set.of());
    }

    @Test
    void whatIsWrongWithDefinitionsIsLoggedWhenItChanges() {
        String bad = "{\"key\":\"bad\",\"active\":\"?\"}";
        String worse = "{\"key\":\"worse\",\"active\":\"?\"}";
        test.postHog.answering(ok(definitions(bad, "")), ok(definitions(bad, ",\"more\":1")),
                ok(definitions(bad + "," + worse, "")));
        test.started();
        assertThat(log.warnings()).singleElement().asString().contains("Flag 'bad' cannot be evaluated locally");

        test.poll();
        assertThat(log.warnings()).hasSize(1);
        test.poll();

        assertThat(log.warnings()).hasSize(2).last().asString().contains("Flag 'worse'");
    }

    @Test
    void notEachOfManyThingsThatAreWrongIsLogged() {
        StringBuilder flags = new StringBuilder("{}");
        for (int i = 0; i < 20; i++) {
            flags.append(",{\"key\":\"bad-").append(i).append("\",\"active\":\"?\"}");
        }
        test.postHog.always(ok(definitions(flags.toString(), "")));

        test.started();

        assertThat(log.warnings()).hasSize(11).last().asString().contains("11 more problems");
    }

    @Test
    @Tag("FDL-17")
    void theEndLeavesNothingBehind() {
        test.started();

        test.loader.close();
        test.loader.close();

        assertThat(test.background.isIdle()).isTrue();
    }

    @Test
    @Tag("FDL-17")
    void theEndDuringALoadAbandonsItAndTellsWhoeverWaits() {
        Held held = new Held();
        test.postHog.always(held.answer());
        test.started();
        UniAssertSubscriber<FlagDefinitionsStatus> reload = test.reloading();
        UniAssertSubscriber<Void> waiting = test.loader.ready().subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        List<Throwable> dropped = new ArrayList<>();
        Infrastructure.setDroppedExceptionHandler(dropped::add);

        try {
            test.loader.close();
            held.release(status(503));
        } finally {
            Infrastructure.resetDroppedExceptionHandler();
        }

        assertThat(reload.assertCompleted().getItem().loaded()).isFalse();
        waiting.assertCompleted();
        assertThat(test.background.isIdle()).isTrue();
        assertThat(dropped).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @Tag("FDL-3")
    void anEtagThatIsTooLongToBeSentBackIsNotSent() {
        test.postHog.always(ok(flags("beta-ui"), "\"" + "e".repeat(1_000_000) + "\""));
        test.started();

        test.poll();

        assertThat(test.postHog.etags()).containsExactly(null, null);
    }

    @Test
    @Tag("FDL-17")
    void afterTheEndNothingIsLoadedAndWhatIsThereMayBeUsed() {
        test.postHog.always(ok(flags("beta-ui")));
        test.started();
        test.loader.close();

        assertThat(test.reloading().assertCompleted().getItem().loaded()).isTrue();

        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(test.postHog.requests).hasSize(1);
    }
}
