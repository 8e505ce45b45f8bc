package io.quarkiverse.posthog.runtime.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

class ConcurrencyLimiterTest {

    private final ConcurrencyLimiter limit = new ConcurrencyLimiter(2);
    private final List<UniEmitter<? super Integer>> running = new ArrayList<>();
    private final List<Integer> started = new ArrayList<>();

    @Test
    void runsOnlySoManyAtATimeAndInOrder() throws InterruptedException {
        List<UniAssertSubscriber<Integer>> all = IntStream.range(0, 5).mapToObj(this::start).toList();

        assertThat(started).containsExactly(0, 1);
        running.get(1).complete(1);
        awaitStarted(0, 1, 2);
        running.get(2).complete(2);
        awaitStarted(0, 1, 2, 3);
        running.get(0).complete(0);
        awaitStarted(0, 1, 2, 3, 4);
        running.get(3).complete(3);
        running.get(4).complete(4);

        for (int i = 0; i < 5; i++) {
            all.get(i).awaitItem().assertItem(i);
        }
    }

    @Test
    void doesNotRunWhatIsCancelledWhileItWaits() throws InterruptedException {
        List<UniAssertSubscriber<Integer>> all = IntStream.range(0, 4).mapToObj(this::start).toList();

        all.get(2).cancel();
        running.get(0).complete(0);

        awaitStarted(0, 1, 3);
        all.get(2).assertNotTerminated();
    }

    @Test
    void makesRoomWhenSomethingIsCancelledWhileItRuns() throws InterruptedException {
        List<UniAssertSubscriber<Integer>> all = IntStream.range(0, 4).mapToObj(this::start).toList();

        all.get(0).cancel();
        awaitStarted(0, 1, 2);
        // Only once, even when it answers nevertheless
        running.get(0).complete(0);
        all.get(0).cancel();
        Thread.sleep(50);
        awaitStarted(0, 1, 2);
    }

    @Test
    void makesRoomWhenSomethingFails() throws InterruptedException {
        IntStream.range(0, 3).forEach(this::start);

        running.get(0).fail(new IllegalStateException());

        awaitStarted(0, 1, 2);
    }

    @Test
    void makesRoomWhenTheWorkCanNotEvenStart() {
        ConcurrencyLimiter one = new ConcurrencyLimiter(1);
        for (int i = 0; i < 100; i++) {
            one.run(Uni.createFrom().deferred(() -> {
                throw new IllegalStateException("broken");
            })).subscribe().withSubscriber(UniAssertSubscriber.create()).assertFailedWith(IllegalStateException.class);
        }
    }

    @Test
    void runsAgainWithEachSubscription() {
        Uni<String> work = new ConcurrencyLimiter(1).run(Uni.createFrom().item("done"));

        assertThat(work.await().indefinitely()).isEqualTo("done");
        assertThat(work.repeat().atMost(100).collect().asList().await().indefinitely()).hasSize(100);
    }

    @Test
    void hasNoLimitWhenItIsZero() {
        ConcurrencyLimiter none = new ConcurrencyLimiter(0);
        for (int i = 0; i < 1000; i++) {
            none.run(work(i)).subscribe().withSubscriber(UniAssertSubscriber.create());
        }

        assertThat(started).hasSize(1000);
    }

    /** Each of them makes room for the next one inside of its own end, which must not end in a stack overflow. */
    @Test
    void survivesALongQueueOfWorkThatEndsAtOnce() {
        ConcurrencyLimiter one = new ConcurrencyLimiter(1);
        one.run(work(0)).subscribe().withSubscriber(UniAssertSubscriber.create());
        List<UniAssertSubscriber<Integer>> waiting = IntStream.range(0, 50_000)
                .mapToObj(i -> one.run(Uni.createFrom().item(i)).subscribe().withSubscriber(UniAssertSubscriber.create()))
                .toList();

        running.get(0).complete(0);

        waiting.forEach(it -> it.awaitItem(Duration.ofSeconds(20)));
    }

    @Test
    void survivesALongQueueThatGaveUp() {
        ConcurrencyLimiter one = new ConcurrencyLimiter(1);
        one.run(work(0)).subscribe().withSubscriber(UniAssertSubscriber.create());
        List<UniAssertSubscriber<Integer>> waiting = IntStream.range(0, 10_000)
                .mapToObj(i -> one.run(work(i)).subscribe().withSubscriber(UniAssertSubscriber.create())).toList();
        waiting.forEach(UniAssertSubscriber::cancel);

        running.get(0).complete(0);

        assertThat(one.run(Uni.createFrom().item("next")).await().atMost(Duration.ofSeconds(5))).isEqualTo("next");
    }

    @Test
    void goesOnInTheContextThatWaited() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            ConcurrencyLimiter one = new ConcurrencyLimiter(1);
            one.run(work(0)).subscribe().withSubscriber(UniAssertSubscriber.create());
            Context context = vertx.getOrCreateContext();
            CountDownLatch waits = new CountDownLatch(1);
            UniAssertSubscriber<Context> waiting = UniAssertSubscriber.create();
            context.runOnContext(ignored -> {
                one.run(Uni.createFrom().item(Vertx::currentContext)).subscribe().withSubscriber(waiting);
                waits.countDown();
            });
            waits.await();

            running.get(0).complete(0);

            assertThat(waiting.awaitItem().getItem()).isSameAs(context);
        } finally {
            vertx.close();
        }
    }

    @Test
    void neverRunsMoreUnderManyThreads() throws InterruptedException {
        int runs = 20_000;
        ConcurrencyLimiter three = new ConcurrencyLimiter(3);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(runs);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        Random seeds = new Random(7);
        try {
            for (int i = 0; i < runs; i++) {
                int kind = seeds.nextInt(5);
                threads.execute(() -> {
                    Uni<Integer> work = Uni.createFrom().deferred(() -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Uni<Integer> item = Uni.createFrom().item(kind);
                        return (kind < 3 ? item.emitOn(threads) : item)
                                .invoke(() -> {
                                    if (kind == 1) {
                                        throw new IllegalStateException("failed");
                                    }
                                })
                                .onTermination().invoke(now::decrementAndGet);
                    });
                    AtomicInteger once = new AtomicInteger();
                    Runnable end = () -> {
                        if (once.getAndIncrement() == 0) {
                            ended.countDown();
                        }
                    };
                    var cancellable = three.run(work).subscribe().with(item -> end.run(), failure -> end.run());
                    if (kind == 2) {
                        // At any moment: while it waits, begins, runs or ends
                        if (ThreadLocalRandom.current().nextBoolean()) {
                            Thread.yield();
                        }
                        cancellable.cancel();
                        end.run();
                    }
                });
            }
            assertThat(ended.await(60, TimeUnit.SECONDS)).as("all ended").isTrue();
            assertThat(most.get()).isLessThanOrEqualTo(3).isPositive();
            // No place was lost, and none was made twice
            running.clear();
            started.clear();
            List<UniAssertSubscriber<Integer>> after = IntStream.range(0, 4)
                    .mapToObj(i -> three.run(work(i)).subscribe().withSubscriber(UniAssertSubscriber.<Integer> create()))
                    .toList();
            awaitStarted(0, 1, 2);
            after.forEach(UniAssertSubscriber::cancel);
        } finally {
            threads.shutdownNow();
        }
    }

    private UniAssertSubscriber<Integer> start(int number) {
        return limit.run(work(number)).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private Uni<Integer> work(int number) {
        return Uni.createFrom().emitter(emitter -> {
            synchronized (started) {
                running.add(emitter);
                started.add(number);
            }
        });
    }

    private void awaitStarted(Integer... numbers) throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            synchronized (started) {
                if (started.size() == numbers.length) {
                    break;
                }
            }
            Thread.sleep(10);
        }
        assertThat(started).containsExactly(numbers);
    }
}
