package io.quarkiverse.posthog.runtime.flags.definitions;

import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.definitions;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.flag;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.flags;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.notModified;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.ok;
import static io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.posthog.flags.FlagDefinitionCacheData;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus;
import io.quarkiverse.posthog.flags.FlagDefinitionsStatus.Origin;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.quarkiverse.posthog.runtime.flags.definitions.DefinitionsStub.Held;
import io.quarkiverse.posthog.runtime.flags.local.LocalEvaluator;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Definitions that instances share by a provider. */
class SharingTest {

    private static final String NAME = ProviderStub.class.getName();

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.flags");

    private final ProviderStub provider = new ProviderStub();
    private final TestLoader test = TestLoader.with(provider);

    @Test
    @Tag("FDL-8")
    @Tag("FDL-11")
    void whoIsToFetchFetchesAndStores() {
        String json = definitions(flag("beta-ui", 100),
                ",\"cohorts\":{\"7\":{}},\"minimal_flag_called_events\":true");
        test.postHog.always(ok(json));

        test.started();

        assertThat(provider.calls).containsExactly("shouldFetch", "getDefinitions", "onReceived");
        assertThat(provider.received).containsExactly(new FlagDefinitionCacheData(json, test.background.now()));
        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(test.status().origin()).contains(Origin.POSTHOG);
    }

    @Test
    @Tag("FDL-8")
    void anInstanceThatDoesNotFetchSendsNoRequest() {
        provider.reading(data(flags("beta-ui"), Duration.ofSeconds(-10)));

        test.started();

        assertThat(provider.calls).containsExactly("shouldFetch", "getDefinitions");
        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(test.postHog.requests).isEmpty();
        assertThat(test.status().origin()).contains(Origin.PROVIDER);
        assertThat(test.status().age(test.background.now())).contains(Duration.ofSeconds(10));
    }

    @Test
    @Tag("FDL-11")
    @Tag("TRK-10")
    void whatIsReadIsAsCompleteAsWhatWasStored() {
        String json = definitions(flag("beta-ui", 100), ",\"minimal_flag_called_events\":true");
        provider.reading(data(json, Duration.ZERO));
        test.started();
        test.poll();

        assertThat(test.loader.evaluator().definitions().minimalFlagCalledEvents()).isTrue();
        assertThat(test.loader.evaluator().definitions().groupTypes()).containsExactly(Map.entry(0, "company"));
    }

    @Test
    @Tag("FDL-8")
    void theProviderIsAskedBeforeEachFetch() {
        test.started();
        test.poll();
        test.reloading();

        assertThat(provider.calls).containsExactly("shouldFetch", "getDefinitions", "onReceived", "shouldFetch",
                "onReceived", "shouldFetch", "onReceived");
    }

    @Test
    @Tag("FDL-12")
    void thatNothingHasChangedIsStoredToo() {
        test.postHog.answering(ok(flags("beta-ui"), "\"1\""), notModified(null));
        test.started();
        Instant first = test.background.now();

        test.poll();

        assertThat(provider.received).extracting(FlagDefinitionCacheData::json).containsExactly(flags("beta-ui"),
                flags("beta-ui"));
        assertThat(provider.received.get(1).confirmedAt()).isAfter(first);
    }

    @Test
    @Tag("FDL-12")
    void whoFetchesForItselfOnlyDoesNotStore() {
        provider.reading(null);
        test.postHog.always(ok(flags("beta-ui")));
        test.started();
        assertThat(test.isOn("beta-ui")).isTrue();

        provider.shouldFetch = ProviderStub.failing("out of order");
        test.poll();

        assertThat(test.postHog.requests).hasSize(2);
        assertThat(provider.received).isEmpty();
    }

    @Test
    @Tag("FDL-12")
    void whatCouldNotBeFetchedIsNotStored() {
        test.postHog.always(status(503));

        test.started();

        assertThat(provider.received).isEmpty();
    }

    @Test
    @Tag("FDL-9")
    void nothingToReadKeepsWhatIsLoaded() {
        provider.reading(data(flags("beta-ui"), Duration.ZERO));
        test.started();

        provider.reading(null);
        test.poll();

        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(test.postHog.requests).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @Tag("FDL-9")
    void anInstanceWithoutDefinitionsFallsBackToPostHog() {
        provider.reading(null);
        test.postHog.always(ok(flags("beta-ui")));

        test.started();

        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(test.postHog.requests).hasSize(1);
    }

    @Test
    @Tag("FDL-7")
    void whatTheProviderFindsLaterIsWaitedFor() {
        CompletableFuture<Boolean> decision = new CompletableFuture<>();
        CompletableFuture<FlagDefinitionCacheData> stored = new CompletableFuture<>();
        provider.shouldFetch = () -> Uni.createFrom().completionStage(decision);
        provider.stored = () -> Uni.createFrom().completionStage(stored);
        test.started();
        UniAssertSubscriber<FlagDefinitionsStatus> reload = test.reloading();

        decision.complete(false);
        test.background.run();
        reload.assertNotTerminated();
        stored.complete(data(flags("beta-ui"), Duration.ZERO));
        test.background.run();

        assertThat(reload.assertCompleted().getItem().flagCount()).isEqualTo(1);
        assertThat(test.postHog.requests).isEmpty();
    }

    @Test
    @Tag("FDL-7")
    void whatTheProviderFindsMayComeOnAnyThread() throws Exception {
        provider.reading(data(flags("beta-ui"), Duration.ZERO));
        Supplier<Uni<FlagDefinitionCacheData>> stored = provider.stored;
        provider.stored = () -> stored.get().emitOn(ForkJoinPool.commonPool());

        test.background.during(() -> {
            test.loader.start(() -> {
            });
            test.loader.ready().await().indefinitely();
        });

        assertThat(test.isOn("beta-ui")).isTrue();
    }

    @Test
    @Tag("FDL-7")
    void aProviderThatDoesNotAnswerIsNotWaitedForForever() {
        provider.shouldFetch = ProviderStub.silent();
        provider.store = ProviderStub.silent();
        test.postHog.always(ok(flags("beta-ui")));
        test.started();
        assertThat(test.postHog.requests).isEmpty();

        test.background.advance(Duration.ofSeconds(2));

        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(log.warnings()).singleElement().asString()
                .isEqualTo("PostHog account 'default': " + NAME
                        + ".shouldFetchFlagDefinitions failed: java.util.concurrent.TimeoutException: no result within 2000 ms"
                        + "; this instance loads the definitions from PostHog");
    }

    @Test
    @Tag("FDL-7")
    void whatComesTooLateIsIgnored() {
        CompletableFuture<Boolean> decision = new CompletableFuture<>();
        provider.shouldFetch = () -> Uni.createFrom().completionStage(decision);
        test.postHog.always(ok(flags("beta-ui")));
        List<Throwable> dropped = new ArrayList<>();
        Infrastructure.setDroppedExceptionHandler(dropped::add);
        try {
            test.started();
            test.background.advance(Duration.ofSeconds(2));
            decision.completeExceptionally(new IllegalStateException("too late"));
        } finally {
            Infrastructure.resetDroppedExceptionHandler();
        }

        assertThat(dropped).isEmpty();
        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(log.warnings()).hasSize(1);
    }

    static Stream<Supplier<Uni<Boolean>>> brokenDecisions() {
        return Stream.of(ProviderStub.failing("out of order"), ProviderStub.throwing("out of order"), () -> null,
                () -> Uni.createFrom().nullItem());
    }

    @ParameterizedTest
    @MethodSource("brokenDecisions")
    @Tag("FDL-10")
    void aFailedDecisionFetchesFromPostHog(Supplier<Uni<Boolean>> decision) {
        provider.shouldFetch = decision;
        test.postHog.always(ok(flags("beta-ui")));

        test.started();
        test.poll();

        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(test.postHog.requests).hasSize(2);
        assertThat(test.status().lastFailure()).isEmpty();
        assertThat(log.warnings()).as("once").singleElement().asString().contains(NAME + ".shouldFetchFlagDefinitions failed");
        provider.shouldFetch = () -> Uni.createFrom().item(true);
        test.poll();
        assertThat(log.lines()).last()
                .isEqualTo("INFO PostHog account 'default': " + NAME + ".shouldFetchFlagDefinitions works again");
    }

    static Stream<Supplier<Uni<FlagDefinitionCacheData>>> brokenReads() {
        return Stream.of(ProviderStub.failing("out of order"), ProviderStub.throwing("out of order"), () -> null,
                () -> Uni.createFrom().item(new FlagDefinitionCacheData("<html>", Instant.EPOCH)),
                () -> Uni.createFrom().item(new FlagDefinitionCacheData(null, Instant.EPOCH)));
    }

    @ParameterizedTest
    @MethodSource("brokenReads")
    @Tag("FDL-10")
    void whatCanNotBeReadKeepsWhatIsLoaded(Supplier<Uni<FlagDefinitionCacheData>> read) {
        provider.reading(data(flags("beta-ui"), Duration.ZERO));
        test.started();

        provider.stored = read;
        test.poll();
        test.poll();

        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(test.postHog.requests).isEmpty();
        assertThat(test.status().lastFailure().orElseThrow()).startsWith(NAME + ".getFlagDefinitions failed: ");
        assertThat(log.warnings()).as("once").singleElement().asString().contains(NAME + ".getFlagDefinitions failed: ",
                "this instance keeps its definitions");
    }

    @ParameterizedTest
    @MethodSource("brokenReads")
    @Tag("FDL-10")
    void whoHasNothingAndCanNotReadAsksPostHog(Supplier<Uni<FlagDefinitionCacheData>> read) {
        provider.reading(null).stored = read;
        test.postHog.always(ok(flags("beta-ui")));

        test.started();

        assertThat(test.isOn("beta-ui")).isTrue();
    }

    @Test
    @Tag("FDL-10")
    void whatCanNotBeStoredIsLoadedAllTheSame() {
        provider.store = ProviderStub.throwing("out of order");
        test.postHog.always(ok(flags("beta-ui")));

        test.started();

        assertThat(test.isOn("beta-ui")).isTrue();
        assertThat(test.status().lastFailure()).isEmpty();
        assertThat(log.warnings()).singleElement().asString().contains(NAME + ".onFlagDefinitionsReceived failed: ",
                "out of order");
    }

    @Test
    @Tag("FDL-10")
    @Tag("SHD-9")
    void shutdownNotifiesTheProviderAndIgnoresItsFailure() throws Exception {
        provider.shutdown = ProviderStub.throwing("out of order");
        test.started();

        test.close();

        assertThat(provider.calls).endsWith("shutdown default");
        assertThat(log.warnings()).singleElement().asString().contains(NAME + ".shutdown failed: ", "out of order");
        assertThat(test.background.isIdle()).isTrue();
    }

    @Test
    @Tag("FDL-10")
    void theEndDoesNotWaitForeverForTheProvider() {
        provider.shutdown = ProviderStub.silent();
        test.started();
        UniAssertSubscriber<Void> stop = test.loader.stop().subscribe().withSubscriber(UniAssertSubscriber.create());
        test.background.run();
        stop.assertNotTerminated();

        test.background.advance(Duration.ofSeconds(2));

        stop.assertCompleted();
        assertThat(log.warnings()).singleElement().asString().contains(".shutdown failed");
    }

    @Test
    @Tag("FDL-17")
    void shutdownWaitsForThePendingCallOfTheProvider() {
        CompletableFuture<Boolean> decision = new CompletableFuture<>();
        provider.shouldFetch = () -> Uni.createFrom().completionStage(decision);
        test.started();
        UniAssertSubscriber<Void> stop = test.loader.stop().subscribe().withSubscriber(UniAssertSubscriber.create());
        test.background.run();
        stop.assertNotTerminated();
        assertThat(provider.calls).containsExactly("shouldFetch");

        decision.complete(true);
        test.background.run();

        stop.assertCompleted();
        assertThat(provider.calls).containsExactly("shouldFetch", "shutdown default");
        assertThat(test.postHog.requests).isEmpty();
        assertThat(test.background.isIdle()).isTrue();
    }

    @Test
    @Tag("FDL-17")
    void nothingIsStoredAfterTheEnd() {
        Held held = new Held();
        test.postHog.answering(held.answer());
        test.started();
        test.loader.stop().subscribe().with(ignored -> {
        });
        test.background.run();

        held.release(ok(flags("beta-ui")));
        test.background.run();

        assertThat(provider.calls).endsWith("shutdown default");
        assertThat(provider.received).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @Tag("FDL-10")
    void aProviderThatCanNotBeMadeIsDoneWithout() {
        TestLoader without = TestLoader.looking(() -> {
            throw new IllegalStateException("out of order");
        });
        without.postHog.always(ok(flags("beta-ui")));

        without.started();

        assertThat(without.isOn("beta-ui")).isTrue();
        assertThat(log.lines()).singleElement().asString()
                .contains("PostHog account 'default': the FlagDefinitionCacheProvider could not be created");
    }

    @Test
    @Tag("FDL-13")
    void whoIsToFetchForTheFirstTimeUsesWhatIsStoredUntilPostHogAnswers() {
        Held held = new Held();
        provider.stored = () -> Uni.createFrom().item(data(flags("stored"), Duration.ofDays(-1)));
        test.postHog.answering(held.answer());

        test.started();

        assertThat(test.isReady()).isTrue();
        assertThat(test.keys()).containsExactly("stored");
        held.release(ok(flags("fresh")));
        test.background.run();
        assertThat(test.keys()).containsExactly("fresh");
        assertThat(provider.received).singleElement().extracting(FlagDefinitionCacheData::json).isEqualTo(flags("fresh"));
    }

    @Test
    @Tag("FDL-5")
    void whatIsStoredDoesNotBringBackWhatAUsedUpQuotaTookAway() {
        test.postHog.answering(ok(flags("beta-ui")), status(402), status(402));
        provider.stored = () -> Uni.createFrom().item(data(flags("stored"), Duration.ZERO));
        test.started();

        test.poll();
        test.poll();

        assertThat(test.keys()).isNull();
        assertThat(test.changes).hasSize(3);
    }

    @Test
    @Tag("FDL-3")
    void whatIsStoredAndHasNotChangedIsNotParsed() {
        provider.reading(data(flags("beta-ui"), Duration.ZERO));
        test.started();
        LocalEvaluator evaluator = test.loader.evaluator();

        test.poll();
        assertThat(test.loader.refreshes()).as("nobody confirmed it").isEqualTo(1);
        provider.reading(data(flags("beta-ui"), Duration.ofSeconds(-1)));
        test.poll();

        assertThat(test.loader.evaluator()).isSameAs(evaluator);
        assertThat(test.loader.refreshes()).isEqualTo(2);
        assertThat(test.changes).hasSize(1);
    }

    @Test
    @Tag("FDL-6")
    void theETagIsNotSentForDefinitionsThatAreNotThoseOfTheAnswer() {
        test.postHog.answering(ok(flags("own"), "\"1\""), ok(flags("own"), "\"1\""));
        test.started();
        provider.reading(data(flags("others"), Duration.ofSeconds(40)));
        test.poll();
        assertThat(test.keys()).containsExactly("others");

        provider.shouldFetch = () -> Uni.createFrom().item(true);
        test.poll();

        assertThat(test.postHog.etags()).containsExactly(null, null);
        assertThat(test.keys()).containsExactly("own");
    }

    @Test
    @Tag("FDL-6")
    void theETagIsStillSentWhenOthersHaveTheSameDefinitions() {
        test.postHog.answering(ok(flags("beta-ui"), "\"1\""), notModified(null));
        test.started();
        provider.reading(data(flags("beta-ui"), Duration.ofSeconds(40)));
        test.poll();

        provider.shouldFetch = () -> Uni.createFrom().item(true);
        test.poll();

        assertThat(test.postHog.etags()).containsExactly(null, "\"1\"");
    }

    @Test
    @Tag("FDL-6")
    void whatWasStoredBeforeThisInstanceFetchedIsIgnoredForAWhile() {
        test.postHog.always(ok(flags("fresh")));
        test.started();
        provider.reading(data(flags("outdated"), Duration.ofSeconds(-10)));

        test.poll();
        assertThat(test.keys()).containsExactly("fresh");
        test.poll();
        test.poll();

        assertThat(test.keys()).as("perhaps the clock of the other instance is slow").containsExactly("outdated");
    }

    private FlagDefinitionCacheData data(String json, Duration later) {
        return new FlagDefinitionCacheData(json, test.background.now().plus(later));
    }

    @Test
    void largeDefinitionsAreNotPartOfALogLine() {
        assertThat(List.of(data(flags("beta-ui"), Duration.ZERO)).toString()).doesNotContain("beta-ui");
    }
}
