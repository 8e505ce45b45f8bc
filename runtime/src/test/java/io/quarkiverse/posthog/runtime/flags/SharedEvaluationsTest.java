package io.quarkiverse.posthog.runtime.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

/** Callers that share an evaluation, and when it ends. */
class SharedEvaluationsTest {

    private final SharedEvaluations shared = new SharedEvaluations();
    private final List<UniEmitter<? super FlagsResponse>> started = new ArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();

    @Test
    @Tag("RFL-8")
    void theLastCallerThatCancelsCancelsTheEvaluation() {
        UniAssertSubscriber<FlagsResponse> one = join("a");
        UniAssertSubscriber<FlagsResponse> other = join("a");
        assertThat(started).hasSize(1);

        one.cancel();
        assertThat(cancelled).hasValue(0);
        other.cancel();

        assertThat(cancelled).hasValue(1);
        assertThat(shared.size()).isZero();
    }

    @Test
    @Tag("RFL-8")
    void aCallerThatStaysGetsTheAnswer() {
        UniAssertSubscriber<FlagsResponse> one = join("a");
        UniAssertSubscriber<FlagsResponse> other = join("a");
        one.cancel();

        started.get(0).complete(FlagsResponse.NONE);

        assertThat(other.assertCompleted().getItem()).isSameAs(FlagsResponse.NONE);
        one.assertNotTerminated();
        assertThat(cancelled).hasValue(0);
        assertThat(shared.size()).isZero();
    }

    @Test
    @Tag("RFL-8")
    void aCallerAfterACancelledEvaluationStartsANewOne() {
        join("a").cancel();

        UniAssertSubscriber<FlagsResponse> later = join("a");

        assertThat(started).hasSize(2);
        started.get(1).complete(FlagsResponse.NONE);
        later.assertCompleted();
    }

    @Test
    void otherRequestsAreNotShared() {
        join("a");
        join("b").cancel();

        assertThat(started).hasSize(2);
        assertThat(shared.size()).isEqualTo(1);
    }

    @Test
    void aForgottenEvaluationIsNotJoinedButEndsForItsCallers() {
        UniAssertSubscriber<FlagsResponse> before = join("a");
        shared.forget();
        UniAssertSubscriber<FlagsResponse> after = join("a");
        assertThat(started).hasSize(2);

        started.get(0).complete(FlagsResponse.NONE);

        before.assertCompleted();
        after.assertNotTerminated();
        assertThat(shared.size()).as("the new one stays").isEqualTo(1);
    }

    @Test
    void aForgottenEvaluationIsCancelledByItsLastCaller() {
        UniAssertSubscriber<FlagsResponse> before = join("a");
        shared.forget();

        before.cancel();

        assertThat(cancelled).hasValue(1);
    }

    @Test
    void aFailureIsAFailureForAll() {
        UniAssertSubscriber<FlagsResponse> one = join("a");
        UniAssertSubscriber<FlagsResponse> other = join("a");

        started.get(0).fail(new IllegalStateException("broken"));

        one.assertFailedWith(IllegalStateException.class);
        other.assertFailedWith(IllegalStateException.class);
        assertThat(shared.size()).isZero();
    }

    @Test
    void anAnswerAtOnceLeavesNothingBehind() {
        UniAssertSubscriber<FlagsResponse> caller = shared.join("a", () -> Uni.createFrom().item(FlagsResponse.NONE))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        caller.assertCompleted();
        assertThat(shared.size()).isZero();
    }

    /** The last caller cancels, another one joins and the answer arrives, all at the same moment. */
    @Test
    @Tag("RFL-8")
    void noCallerIsLostInARace() throws Exception {
        int threads = 6;
        int rounds = 4_000;
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger aborted = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        Set<Integer> settled = ConcurrentHashMap.newKeySet();
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        ExecutorService postHog = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> lost = new ArrayList<>();
            CountDownLatch start = new CountDownLatch(1);
            for (int thread = 0; thread < threads; thread++) {
                Random random = new Random(thread);
                lost.add(callers.submit(() -> {
                    start.await();
                    int missing = 0;
                    for (int round = 0; round < rounds; round++) {
                        CountDownLatch got = new CountDownLatch(1);
                        var call = shared.join("same", () -> {
                            int number = begun.getAndIncrement();
                            return Uni.createFrom().<FlagsResponse> emitter(emitter -> postHog.execute(() -> {
                                Thread.yield();
                                emitter.complete(FlagsResponse.NONE);
                            })).onItem().invoke(() -> {
                                answered.incrementAndGet();
                                settled.add(number);
                            }).onCancellation().invoke(() -> {
                                aborted.incrementAndGet();
                                settled.add(number);
                            });
                        }).subscribe().with(answer -> got.countDown());
                        if (random.nextInt(3) > 0) {
                            call.cancel();
                        } else if (!got.await(20, TimeUnit.SECONDS)) {
                            missing++;
                        }
                    }
                    return missing;
                }));
            }
            start.countDown();
            for (Future<Integer> missing : lost) {
                assertThat(missing.get(120, TimeUnit.SECONDS)).as("callers without an answer").isZero();
            }
        } finally {
            callers.shutdownNow();
            postHog.shutdown();
        }
        assertThat(postHog.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(shared.size()).isZero();
        assertThat(begun.get()).isGreaterThan(100);
        assertThat(settled).as("every evaluation was answered or aborted").hasSize(begun.get());
        assertThat(aborted.get()).isPositive();
        assertThat(answered.get()).isPositive();
    }

    private UniAssertSubscriber<FlagsResponse> join(String request) {
        return shared.join(request, () -> Uni.createFrom().<FlagsResponse> emitter(started::add)
                .onCancellation().invoke(cancelled::incrementAndGet)).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
