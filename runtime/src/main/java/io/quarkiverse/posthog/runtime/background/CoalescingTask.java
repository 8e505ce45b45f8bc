package io.quarkiverse.posthog.runtime.background;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A task that runs on a worker, once for all requests that come before it starts. */
public final class CoalescingTask {

    private final AccountExecutor background;
    private final Runnable task;
    private final AtomicBoolean requested = new AtomicBoolean();

    public CoalescingTask(AccountExecutor background, Runnable task) {
        this.background = background;
        this.task = task;
    }

    /** Requests a run. If all workers are busy, the task runs with the next request. */
    public void request() {
        if (requested.compareAndSet(false, true)) {
            submit(() -> background.work(this::run));
        }
    }

    /** Requests a run after a delay, unless one is already requested. */
    public void request(Duration delay) {
        if (requested.compareAndSet(false, true)) {
            submit(() -> background.after(delay, () -> submit(() -> background.work(this::run))));
        }
    }

    private void submit(Runnable submission) {
        try {
            submission.run();
        } catch (RuntimeException | Error e) {
            requested.set(false);
        }
    }

    private void run() {
        requested.set(false);
        task.run();
    }
}
