package io.quarkiverse.posthog.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.posthog.runtime.background.TimeSource;
import io.quarkiverse.posthog.runtime.background.VertxAccountExecutor;
import io.quarkiverse.posthog.runtime.config.AccountConfig.RateLimitConfig;
import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.quarkiverse.posthog.runtime.metrics.AccountMetrics;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.Vertx;

class ApiRateLimiterTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Operation QUERY = Operation.read("query", Limit.QUERIES);

    private final AtomicLong clock = new AtomicLong(-5_000_000_000L);
    private final RequestDelays delays = new RequestDelays(new VertxAccountExecutor(() -> VERTX, TimeSource.REAL));

    @AfterAll
    static void close() {
        VERTX.close();
    }

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    /** Against counting all requests anew at each moment. */
    @ParameterizedTest
    @MethodSource("seeds")
    void letsThroughExactlyAsManyAsAnySpanMayHold(int seed) {
        Random random = new Random(seed);
        int requests = 1 + random.nextInt(20);
        Duration span = Duration.ofMillis(50 + random.nextInt(1000));
        SlidingWindow window = new SlidingWindow(requests, span);
        List<Long> sent = new ArrayList<>();
        // The clock of a JVM may stand anywhere
        long now = random.nextBoolean() ? random.nextLong() : -span.toNanos() / 2;
        for (int i = 0; i < 1000; i++) {
            now += random.nextInt(3) == 0 ? random.nextLong(span.toNanos() / 2) : random.nextInt(1_000_000);
            long moment = now;
            long within = sent.stream().filter(it -> moment - it < span.toNanos()).count();
            long wait = window.waitAt(now);

            assertThat(wait <= 0).isEqualTo(within < requests);
            if (wait > 0) {
                assertThat(sent.stream().filter(it -> moment + wait - it < span.toNanos()).count()).isEqualTo(requests - 1);
                assertThat(sent.stream().filter(it -> moment + wait - 1 - it < span.toNanos()).count()).isEqualTo(requests);
            } else {
                window.add(now);
                sent.add(now);
            }
        }
        for (long from : sent) {
            assertThat(sent.stream().filter(it -> it - from >= 0 && it - from < span.toNanos()).count())
                    .isLessThanOrEqualTo(requests);
        }
    }

    @Test
    void waitsUntilTheMinuteIsOver() {
        ApiRateLimiter limiter = limiter("rate-limit.queries-per-minute", "2");

        subscribe(limiter).awaitItem();
        subscribe(limiter).awaitItem();
        clock.addAndGet(Duration.ofMillis(60_990).toNanos());
        UniAssertSubscriber<Void> third = subscribe(limiter);
        third.assertNotTerminated();
        // One second more than a minute, since PostHog counts by its own clock
        clock.addAndGet(Duration.ofMillis(10).toNanos());
        third.awaitItem(Duration.ofSeconds(5));
    }

    @Test
    @Tag("MET-5")
    void tellsHowLongARequestWaitsForWhichLimit() {
        List<String> waits = new ArrayList<>();
        ApiRateLimiter limiter = limiter(new AccountMetrics() {
            @Override
            public void waited(String limit, Duration wait) {
                waits.add(limit + " " + wait.toSeconds());
            }
        }, "rate-limit.queries-per-minute", "1");

        subscribe(limiter).awaitItem();
        assertThat(waits).isEmpty();
        subscribe(limiter).cancel();

        assertThat(waits).containsExactly("queries 61");
    }

    @Test
    void keepsTheLimitOfAnHourToo() {
        ApiRateLimiter limiter = limiter("rate-limit.queries-per-minute", "0", "rate-limit.queries-per-hour", "1");

        subscribe(limiter).awaitItem();
        clock.addAndGet(Duration.ofMinutes(60).plusMillis(995).toNanos());
        UniAssertSubscriber<Void> second = subscribe(limiter);
        second.assertNotTerminated();
        clock.addAndGet(Duration.ofMillis(5).toNanos());
        second.awaitItem(Duration.ofSeconds(5));
    }

    @Test
    void countsEachKindOfRequestOnItsOwn() {
        ApiRateLimiter limiter = limiter("rate-limit.queries-per-minute", "1", "rate-limit.persons-per-minute", "1");

        subscribe(limiter).awaitItem();
        limiter.acquire(Operation.read("persons.list", Limit.PERSONS)).await().indefinitely();
        for (int i = 0; i < 1000; i++) {
            limiter.acquire(Operation.capture("captureImmediate")).await().indefinitely();
        }
        UniAssertSubscriber<Void> second = subscribe(limiter);
        second.assertNotTerminated();
        second.cancel();
    }

    @Test
    void costsNothingToGiveUpWaiting() {
        ApiRateLimiter limiter = limiter("rate-limit.queries-per-minute", "1");
        subscribe(limiter).awaitItem();
        clock.addAndGet(Duration.ofMillis(60_900).toNanos());
        UniAssertSubscriber<Void> impatient = subscribe(limiter);
        UniAssertSubscriber<Void> patient = subscribe(limiter);

        impatient.cancel();
        clock.addAndGet(Duration.ofMillis(100).toNanos());

        patient.awaitItem(Duration.ofSeconds(5));
        impatient.assertNotTerminated();
    }

    @Test
    void letsNoMoreOfThoseWhoWaitThroughThanThereIsRoomFor() throws InterruptedException {
        ApiRateLimiter limiter = limiter("rate-limit.queries-per-minute", "3");
        IntStream.range(0, 3).forEach(i -> subscribe(limiter).awaitItem());
        clock.addAndGet(Duration.ofMillis(60_950).toNanos());
        List<UniAssertSubscriber<Void>> waiting = IntStream.range(0, 8).mapToObj(i -> subscribe(limiter)).toList();
        clock.addAndGet(Duration.ofMillis(50).toNanos());

        for (int i = 0; i < 250 && waiting.stream().filter(ApiRateLimiterTest::done).count() < 3; i++) {
            Thread.sleep(20);
        }
        Thread.sleep(100);

        assertThat(waiting.stream().filter(ApiRateLimiterTest::done)).hasSize(3);
        waiting.forEach(UniAssertSubscriber::cancel);
    }

    @Test
    void doesNotWaitWithoutALimit() {
        ApiRateLimiter limiter = new ApiRateLimiter("default", null, delays, AccountMetrics.NONE, clock::get);

        for (int i = 0; i < 10_000; i++) {
            subscribe(limiter).assertCompleted();
        }
    }

    @Test
    void countsAgainWithEachSubscription() {
        var acquired = limiter("rate-limit.queries-per-minute", "2").acquire(QUERY);

        acquired.subscribe().withSubscriber(UniAssertSubscriber.create()).assertCompleted();
        acquired.subscribe().withSubscriber(UniAssertSubscriber.create()).assertCompleted();
        UniAssertSubscriber<Void> third = acquired.subscribe().withSubscriber(UniAssertSubscriber.create());
        third.assertNotTerminated();
        third.cancel();
    }

    private static boolean done(UniAssertSubscriber<Void> subscriber) {
        try {
            subscriber.assertCompleted();
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    private static UniAssertSubscriber<Void> subscribe(ApiRateLimiter limiter) {
        return limiter.acquire(QUERY).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private ApiRateLimiter limiter(String... properties) {
        return limiter(AccountMetrics.NONE, properties);
    }

    private ApiRateLimiter limiter(AccountMetrics metrics, String... properties) {
        RateLimitConfig config = TestAccounts.account(properties).config().rateLimit();
        return new ApiRateLimiter("default", config, delays, metrics, clock::get);
    }
}
