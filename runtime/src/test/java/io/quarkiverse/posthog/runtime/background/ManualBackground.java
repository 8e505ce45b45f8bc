package io.quarkiverse.posthog.runtime.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.smallrye.mutiny.Uni;

/** Does in the background only what a test tells it to, and has a clock that stands until the test moves it. */
public final class ManualBackground implements AccountExecutor {

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final List<Timer> timers = new CopyOnWriteArrayList<>();
    private volatile boolean rejecting;
    private volatile boolean rejectingWork;
    private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Override
    public void work(Runnable task) {
        checkAccepting();
        if (rejectingWork) {
            throw new RejectedExecutionException("no worker");
        }
        tasks.add(task);
    }

    @Override
    public void send(Runnable task) {
        checkAccepting();
        tasks.add(task);
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        checkAccepting();
        Timer timer = new Timer(now.plus(delay), task);
        timers.add(timer);
        return () -> timers.removeIf(it -> it == timer);
    }

    private void checkAccepting() {
        if (rejecting) {
            throw new RejectedExecutionException("rejected by the test");
        }
    }

    /** Rejects tasks of workers, or accepts them again. */
    public void rejectWork(boolean rejecting) {
        rejectingWork = rejecting;
    }

    /** Rejects tasks and timers, or accepts them again. */
    public void reject(boolean rejecting) {
        this.rejecting = rejecting;
    }

    @Override
    public Uni<Void> pause(Duration delay) {
        return Uni.createFrom().emitter(emitter -> emitter.onTermination(after(delay, () -> emitter.complete(null))));
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Duration elapsed() {
        return Duration.between(Instant.EPOCH, now);
    }

    /** Does one thing, if there is one. */
    public void step() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
    }

    /** Does all there is to do now. */
    public void run() {
        while (!tasks.isEmpty()) {
            step();
        }
    }

    /** Lets time pass, and does what there is to do meanwhile. */
    public void advance(Duration duration) {
        run();
        Instant until = now.plus(duration);
        for (Timer next = first(until); next != null; next = first(until)) {
            Timer due = next;
            timers.removeIf(it -> it == due);
            now = due.at().isAfter(now) ? due.at() : now;
            due.task().run();
            run();
        }
        now = until;
    }

    private Timer first(Instant until) {
        return timers.stream().filter(timer -> !timer.at().isAfter(until)).min(Comparator.comparing(Timer::at)).orElse(null);
    }

    /** Does what there is to do while another thread waits for it. */
    public void during(Runnable waiting) throws Exception {
        FutureTask<Void> other = new FutureTask<>(waiting, null);
        new Thread(other, "waiting").start();
        while (!other.isDone()) {
            Runnable task = tasks.poll(2, TimeUnit.MILLISECONDS);
            if (task != null) {
                task.run();
            }
        }
        other.get();
    }

    public int timers() {
        return timers.size();
    }

    /** How long until the next timer. */
    public Duration untilNextTimer() {
        assertThat(timers).isNotEmpty();
        return Duration.between(now, timers.stream().map(Timer::at).min(Comparator.naturalOrder()).orElseThrow());
    }

    public boolean isIdle() {
        return tasks.isEmpty() && timers.isEmpty();
    }

    /** Something to do later. */
    private record Timer(Instant at, Runnable task) {
    }
}
