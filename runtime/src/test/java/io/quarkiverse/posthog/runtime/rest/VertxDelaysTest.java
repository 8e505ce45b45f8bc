package io.quarkiverse.posthog.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

class VertxDelaysTest {

    private static final Vertx VERTX = Vertx.vertx();

    private final VertxDelays delays = new VertxDelays(() -> VERTX);

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void waitsThatLong() {
        long start = System.nanoTime();

        delays.after(Duration.ofMillis(120)).await().atMost(Duration.ofSeconds(5));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(119));
    }

    @Test
    void takesNoTimeForZero() {
        delays.after(Duration.ZERO).await().atMost(Duration.ofSeconds(5));
    }

    @Test
    void doesNotCompleteWhenItIsCancelled() throws InterruptedException {
        UniAssertSubscriber<Void> waiting = delays.after(Duration.ofMillis(30)).subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        waiting.cancel();
        Thread.sleep(100);

        waiting.assertNotTerminated();
    }

    @Test
    void nobodyWaitsOnceItIsClosed() {
        UniAssertSubscriber<Void> waiting = delays.after(Duration.ofHours(1)).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        waiting.assertNotTerminated();

        delays.close();

        waiting.assertCompleted();
        delays.after(Duration.ofHours(1)).subscribe().withSubscriber(UniAssertSubscriber.create()).assertCompleted();
    }

    @Test
    void goesOnInTheDuplicatedContextThatWaits() {
        Context context = VertxContext.createNewDuplicatedContext(VERTX.getOrCreateContext());
        UniAssertSubscriber<Context> waiting = UniAssertSubscriber.create();

        context.runOnContext(ignored -> delays.after(Duration.ofMillis(20)).map(done -> Vertx.currentContext())
                .subscribe().withSubscriber(waiting));

        assertThat(waiting.awaitItem().getItem()).isSameAs(context);
    }
}
