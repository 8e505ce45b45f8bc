package io.quarkiverse.posthog.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.config.TestAccounts;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;

class DeadlineTest {

    private static final Duration SHORT = Duration.ofMillis(150);

    private final ApiExecutor calls = TestAccounts.calls();
    private final AtomicInteger cancelled = new AtomicInteger();

    @Test
    void workThatIsLateIsCancelled() {
        UniAssertSubscriber<String> late = limited(Deadline.fromNow(SHORT, calls), Uni.createFrom().nothing());

        late.awaitFailure(Duration.ofSeconds(10)).assertFailedWith(TimeoutException.class);
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void workThatIsInTimeIsNotTouched() {
        limited(Deadline.fromNow(SHORT, calls), Uni.createFrom().item("done")).assertCompleted().assertItem("done");
        limited(Deadline.fromNow(SHORT, calls), Uni.createFrom().failure(new IllegalStateException()))
                .assertFailedWith(IllegalStateException.class);
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void allWorkHasTheTimeThatIsLeft() throws InterruptedException {
        Deadline deadline = Deadline.fromNow(SHORT, calls);
        Thread.sleep(200);
        long start = System.nanoTime();

        limited(deadline, Uni.createFrom().nothing()).awaitFailure(Duration.ofSeconds(10));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void theTimeStartsWhenTheWorkSaysSo() throws InterruptedException {
        Deadline deadline = Deadline.afterBegin(SHORT, calls);
        UniAssertSubscriber<String> work = limited(deadline, Uni.createFrom().nothing());
        Thread.sleep(400);
        work.assertNotTerminated();

        deadline.begin();
        deadline.begin();

        work.awaitFailure(Duration.ofSeconds(10)).assertFailedWith(TimeoutException.class);
    }

    @Test
    void cancellingReachesTheWork() {
        limited(Deadline.fromNow(Duration.ofHours(1), calls), Uni.createFrom().nothing()).cancel();

        assertThat(cancelled).hasValue(1);
    }

    @Test
    void theEndOfTheAccountIsNotATimeout() throws Exception {
        UniAssertSubscriber<String> work = limited(Deadline.fromNow(Duration.ofHours(1), calls), Uni.createFrom().nothing());

        calls.close();
        Thread.sleep(100);

        work.assertNotTerminated();
    }

    private UniAssertSubscriber<String> limited(Deadline deadline, Uni<String> work) {
        return deadline.limit(work.onCancellation().invoke(cancelled::incrementAndGet), TimeoutException::new).subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }
}
