package io.quarkiverse.posthog.testing.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdjustableTimersTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final AdjustableTimers timers = new AdjustableTimers();
    private final List<String> happened = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private Runnable after(Duration delay, String what) {
        return after(delay, () -> happened.add(what));
    }

    private Runnable after(Duration delay, Runnable task) {
        return timers.after(delay, task, (wait, it) -> {
            Future<?> future = executor.schedule(it, wait.toMillis(), TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        });
    }

    @Test
    void whatComesDueHappensInItsOrder() {
        after(HOUR.multipliedBy(2), "second");
        after(HOUR, "first");
        after(HOUR.multipliedBy(4), "much later");

        timers.advance(HOUR.multipliedBy(3));

        assertThat(happened).containsExactly("first", "second");
        timers.advance(HOUR.multipliedBy(2));
        assertThat(happened).containsExactly("first", "second", "much later");
    }

    @Test
    void itHappensOnce() throws Exception {
        after(Duration.ofMillis(30), "once");

        timers.advance(HOUR);
        executor.schedule(() -> {
        }, 60, TimeUnit.MILLISECONDS).get();

        assertThat(happened).containsExactly("once");
    }

    @Test
    void timePassesByItself() throws Exception {
        after(Duration.ofMillis(20), "soon");

        executor.schedule(() -> {
        }, 60, TimeUnit.MILLISECONDS).get();

        assertThat(happened).containsExactly("soon");
    }

    @Test
    void whatIsCancelledDoesNotHappen() {
        Runnable cancel = after(HOUR, "never");
        after(HOUR, "still");

        cancel.run();
        timers.advance(HOUR);
        cancel.run();

        assertThat(happened).containsExactly("still");
    }

    @Test
    void whatIsSetThenCountsFromTheNewTime() {
        after(HOUR, () -> after(HOUR, "an hour after that"));

        timers.advance(HOUR.multipliedBy(5));
        assertThat(happened).isEmpty();

        timers.advance(HOUR);
        assertThat(happened).containsExactly("an hour after that");
    }

    @Test
    void afterAFailureOthersHappen() {
        after(HOUR, () -> {
            throw new IllegalStateException("expected");
        });
        after(HOUR, "next");

        timers.advance(HOUR);

        assertThat(happened).containsExactly("next");
    }

    @Test
    void theTimeThatHasPassedIsTold() {
        List<Duration> passed = new ArrayList<>(List.of(timers.elapsed()));

        timers.advance(HOUR);
        passed.add(timers.elapsed());

        assertThat(passed.get(1).minus(passed.get(0))).isBetween(HOUR, HOUR.plusMinutes(1));
    }
}
