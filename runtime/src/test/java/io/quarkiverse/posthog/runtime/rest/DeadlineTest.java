package io.quarkiverse.posthog.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.Vertx;

class DeadlineTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration SHORT = Duration.ofMillis(150);

    private final VertxDelays delays = new VertxDelays(() -> VERTX);
    private final AtomicInteger cancelled = new AtomicInteger();

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @Test
    void workThatIsLateIsCancelled() {
        UniAssertSubscriber<String> late = limited(Deadline.fromNow(SHORT, delays), Uni.createFrom().nothing());

        late.awaitFailure(Duration.ofSeconds(10)).assertFailedWith(TimeoutException.class);
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void workThatIsInTimeIsNotTouched() {
        limited(Deadline.fromNow(SHORT, delays), Uni.createFrom().item("done")).assertCompleted().assertItem("done");
        limited(Deadline.fromNow(SHORT, delays), Uni.createFrom().failure(new IllegalStateException()))
                .assertFailedWith(IllegalStateException.class);
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void allWorkHasTheTimeThatIsLeft() throws InterruptedException {
        Deadline deadline = Deadline.fromNow(SHORT, delays);
        Thread.sleep(200);
        long start = System.nanoTime();

        limited(deadline, Uni.createFrom().nothing()).awaitFailure(Duration.ofSeconds(10));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void theTimeStartsWhenTheWorkSaysSo() throws InterruptedException {
        Deadline deadline = Deadline.afterBegin(SHORT, delays);
        UniAssertSubscriber<String> work = limited(deadline, Uni.createFrom().nothing());
        Thread.sleep(400);
        work.assertNotTerminated();

        deadline.begin();
        deadline.begin();

        work.awaitFailure(Duration.ofSeconds(10)).assertFailedWith(TimeoutException.class);
    }

    @Test
    void cancellingReachesTheWork() {
        limited(Deadline.fromNow(Duration.ofHours(1), delays), Uni.createFrom().nothing()).cancel();

        assertThat(cancelled).hasValue(1);
    }

    @Test
    void theEndOfTheAccountIsNotATimeout() throws InterruptedException {
        UniAssertSubscriber<String> work = limited(Deadline.fromNow(Duration.ofHours(1), delays), Uni.createFrom().nothing());

        delays.close();
        Thread.sleep(100);

        work.assertNotTerminated();
    }

    private UniAssertSubscriber<String> limited(Deadline deadline, Uni<String> work) {
        return deadline.limit(work.onCancellation().invoke(cancelled::incrementAndGet), TimeoutException::new).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }
}
