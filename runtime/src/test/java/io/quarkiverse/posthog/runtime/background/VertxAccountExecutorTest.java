package io.quarkiverse.posthog.runtime.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

class VertxAccountExecutorTest {

    private static final Vertx VERTX = Vertx.vertx();

    private final VertxAccountExecutor executor = new VertxAccountExecutor(() -> VERTX, TimeSource.REAL);

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void pausesForTheGivenTime() {
        long start = System.nanoTime();

        executor.pause(Duration.ofMillis(120)).await().atMost(Duration.ofSeconds(5));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(119));
    }

    @Test
    void pausesForNoTime() {
        executor.pause(Duration.ZERO).await().atMost(Duration.ofSeconds(5));
    }

    @Test
    void doesNotCompleteACanceledPause() throws InterruptedException {
        UniAssertSubscriber<Void> pause = executor.pause(Duration.ofMillis(30)).subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        pause.cancel();
        Thread.sleep(100);

        pause.assertNotTerminated();
    }

    @Test
    void continuesOnTheDuplicatedContextOfTheCaller() {
        assertContinuesOn(VertxContext.createNewDuplicatedContext(VERTX.getOrCreateContext()));
    }

    @Test
    void continuesOnTheWorkerContextOfTheCaller() {
        assertContinuesOn(((VertxInternal) VERTX).createWorkerContext());
    }

    @Test
    void continuesOnAnEventLoopWithoutACaller() {
        assertThat(executor.pause(Duration.ofMillis(20)).map(done -> Context.isOnEventLoopThread())
                .await().atMost(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void continuesAfterTheVerticleOfTheCallerWasUndeployed() {
        UniAssertSubscriber<Void> pause = UniAssertSubscriber.create();
        AbstractVerticle verticle = new AbstractVerticle() {

            @Override
            public void start() {
                executor.pause(Duration.ofMillis(200)).subscribe().withSubscriber(pause);
            }
        };

        VERTX.deployVerticle(verticle).compose(VERTX::undeploy).toCompletionStage().toCompletableFuture().join();

        pause.awaitItem(Duration.ofSeconds(5));
    }

    private void assertContinuesOn(Context context) {
        UniAssertSubscriber<Context> pause = UniAssertSubscriber.create();

        context.runOnContext(ignored -> executor.pause(Duration.ofMillis(20)).map(done -> Vertx.currentContext())
                .subscribe().withSubscriber(pause));

        assertThat(pause.awaitItem().getItem()).isSameAs(context);
    }
}
