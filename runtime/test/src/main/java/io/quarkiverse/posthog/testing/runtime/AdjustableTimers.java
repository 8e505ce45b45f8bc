package io.quarkiverse.posthog.testing.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.posthog.runtime.background.TimeSource;

/** Timers with a clock that can be advanced. */
final class AdjustableTimers implements TimeSource {

    /** The maximum time to wait for due tasks, which may never run, for example because Vert.x is closed. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Pending> pending = new LinkedHashSet<>();
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Duration elapsed() {
        return REAL.elapsed().plus(ahead);
    }

    @Override
    public Runnable after(Duration delay, Runnable task, TaskScheduler scheduler) {
        lock.lock();
        try {
            Pending later = new Pending(elapsed().plus(delay), task, scheduler);
            pending.add(later);
            later.set(delay);
            return () -> cancel(later);
        } finally {
            lock.unlock();
        }
    }

    /** Advances the clock, and waits until the tasks that are due have run, in order. */
    void advance(Duration duration) {
        List<CompletableFuture<Void>> due = new ArrayList<>();
        lock.lock();
        try {
            ahead = ahead.plus(duration);
            Duration now = elapsed();
            pending.stream().sorted(Comparator.comparing(later -> later.due)).forEach(later -> {
                later.cancel.run();
                later.set(later.due.minus(now));
                if (later.due.compareTo(now) <= 0) {
                    due.add(later.done);
                }
            });
        } finally {
            lock.unlock();
        }
        CompletableFuture.allOf(due.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** Removes a task. Returns false if it was already run or canceled. */
    private boolean end(Pending later) {
        lock.lock();
        try {
            return pending.remove(later);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Pending later) {
        if (end(later)) {
            later.cancel.run();
            later.done.complete(null);
        }
    }

    /** A scheduled task. */
    private final class Pending {

        private final Duration due;
        private final Runnable task;
        private final TaskScheduler scheduler;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private Runnable cancel;

        Pending(Duration due, Runnable task, TaskScheduler scheduler) {
            this.due = due;
            this.task = task;
            this.scheduler = scheduler;
        }

        void set(Duration delay) {
            cancel = scheduler.schedule(delay.isNegative() ? Duration.ZERO : delay, this::run);
        }

        private void run() {
            if (end(this)) {
                try {
                    task.run();
                } finally {
                    done.complete(null);
                }
            }
        }
    }
}
