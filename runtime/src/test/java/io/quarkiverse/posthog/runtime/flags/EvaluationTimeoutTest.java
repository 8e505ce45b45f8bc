package io.quarkiverse.posthog.runtime.flags;

import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.PERSON;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.defined;
import static io.quarkiverse.posthog.runtime.flags.TestEvaluations.definedForPro;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import jakarta.ws.rs.ProcessingException;

import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkiverse.posthog.flags.FlagError;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.quarkiverse.posthog.runtime.capture.LogLines;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;

/** How long an evaluation takes at most, and what a cancelled one leaves behind. */
class EvaluationTimeoutTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final LogLines log = new LogLines("io.quarkiverse.posthog.flags");

    private final AtomicInteger aborted = new AtomicInteger();
    private final List<UniEmitter<? super RestResponse<byte[]>>> held = new CopyOnWriteArrayList<>();

    @Test
    @Tag("RFL-6")
    void aRequestWithoutAResponseIsAborted() throws InterruptedException {
        TestEvaluations test = TestEvaluations.of("flags.timeout", "200ms");
        test.postHog.next(silence());
        test.postHog.next(silence());

        assertThat(timedOut(test, FlagContext.of(PERSON), 200).isEnabled("beta-ui", true)).isTrue();
        timedOut(test, FlagContext.of(PERSON), 200);

        eventually(() -> aborted.get() == 2);
        assertThat(log.warnings()).as("logged once").singleElement().asString()
                .contains("within 200 ms").contains("quarkus.posthog.flags.timeout").doesNotContain("phc_test");
    }

    @Test
    @Tag("RFL-6")
    void retriesAndTheirPausesArePartOfIt() {
        // The first pause ends after 300 ms, and the second one after 900 ms
        TestEvaluations test = TestEvaluations.of("flags.timeout", "850ms", "flags.max-retries", "10");
        for (int i = 0; i < 10; i++) {
            test.postHog.fails(new ProcessingException(new ConnectException("Connection refused")));
        }

        timedOut(test, FlagContext.of(PERSON), 850);

        assertThat(test.postHog.requests).hasSize(2);
    }

    @Test
    @Tag("RFL-6")
    void waitingForDefinitionsIsPartOfIt() {
        TestEvaluations test = TestEvaluations.of("flags.timeout", "200ms");
        test.expectDefinitions();

        timedOut(test, FlagContext.of(PERSON), 200);
        timedOut(test, FlagContext.of(PERSON).onlyEvaluateLocally(), 200);

        assertThat(test.postHog.requests).isEmpty();
        assertThat(log.warnings()).singleElement().asString().contains("flag definitions")
                .contains("quarkus.posthog.flags.timeout");
    }

    @Test
    @Tag("RFL-6")
    void timeSpentOnWaitingForDefinitionsIsNotThereForTheRequest() throws InterruptedException {
        TestEvaluations test = TestEvaluations.of("flags.timeout", "600ms");
        test.expectDefinitions();
        test.postHog.next(silence());
        List<FlagSnapshot> snapshots = new CopyOnWriteArrayList<>();
        long start = System.nanoTime();
        test.flags.evaluateFlags(PERSON).subscribe().with(snapshots::add);
        Thread.sleep(300);

        test.define(definedForPro("checkout"));

        eventually(() -> !snapshots.isEmpty());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(590), Duration.ofSeconds(5));
        assertThat(snapshots.get(0).errors()).containsExactly(FlagError.TIMEOUT);
    }

    @Test
    @Tag("RFL-6")
    @Tag("EVF-17")
    void flagsThatWereEvaluatedLocallyStay() {
        TestEvaluations test = TestEvaluations.of("flags.timeout", "200ms");
        test.define(defined("beta-ui", "true") + "," + definedForPro("checkout"));
        test.postHog.next(silence());

        FlagSnapshot flags = timedOut(test, FlagContext.of(PERSON), 200);

        assertThat(flags.isEnabled("beta-ui")).isTrue();
        assertThat(flags.keys()).containsExactly("beta-ui");
    }

    @Test
    @Tag("RFL-6")
    @Tag("RFL-8")
    void eachCallerOfASharedEvaluationHasItsOwnTime() throws InterruptedException {
        TestEvaluations test = TestEvaluations.of("flags.timeout", "4s");
        test.postHog.next(silence());
        test.postHog.answers(FlagsStub.flags("beta-ui", "true"));
        List<FlagSnapshot> first = new CopyOnWriteArrayList<>();
        List<FlagSnapshot> second = new CopyOnWriteArrayList<>();
        test.flags.evaluateFlags(PERSON).subscribe().with(first::add);
        Thread.sleep(1_000);
        test.flags.evaluateFlags(PERSON).subscribe().with(second::add);

        eventually(() -> !first.isEmpty());

        assertThat(first.get(0).errors()).containsExactly(FlagError.TIMEOUT);
        assertThat(second).as("goes on for the other caller").isEmpty();
        // The attempt has used its time, too; its retry is for the other caller
        eventually(() -> !second.isEmpty());
        assertThat(second.get(0).isEnabled("beta-ui")).isTrue();
        assertThat(test.postHog.requests).hasSize(2);
    }

    @Test
    @Tag("RFL-8")
    void aCancelledEvaluationIsAborted() throws InterruptedException {
        TestEvaluations test = TestEvaluations.of();
        test.postHog.next(silence());
        Cancellable evaluation = test.flags.evaluateFlags(PERSON).subscribe().with(flags -> {
        });
        eventually(() -> held.size() == 1);

        evaluation.cancel();

        assertThat(aborted).hasValue(1);
        assertThat(test.evaluate().errors()).as("the next caller sends a new request").isEmpty();
        assertThat(test.postHog.requests).hasSize(2);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @Tag("RFL-8")
    void nothingIsRetriedForACancelledEvaluation() throws InterruptedException {
        TestEvaluations test = TestEvaluations.of("flags.max-retries", "3");
        for (int i = 0; i < 4; i++) {
            test.postHog.fails(new ProcessingException(new ConnectException("Connection refused")));
        }
        Cancellable evaluation = test.flags.evaluateFlags(PERSON).subscribe().with(flags -> {
        });

        evaluation.cancel();
        Thread.sleep(500);

        assertThat(test.postHog.requests).hasSize(1);
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time to wait for it").isLessThan(end);
            Thread.sleep(5);
        }
    }

    /** A response that does not come. */
    private Uni<RestResponse<byte[]>> silence() {
        return Uni.createFrom().<RestResponse<byte[]>> emitter(held::add).onCancellation().invoke(aborted::incrementAndGet);
    }

    private static FlagSnapshot timedOut(TestEvaluations test, FlagContext context, long millis) {
        long start = System.nanoTime();
        FlagSnapshot flags = test.flags.evaluateFlags(context).await().atMost(PATIENCE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(millis - 10),
                Duration.ofMillis(millis).plusSeconds(4));
        assertThat(flags.errors()).containsExactly(FlagError.TIMEOUT);
        return flags;
    }
}
