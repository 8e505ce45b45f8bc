package io.quarkiverse.posthog.runtime.capture.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.posthog.runtime.background.AccountExecutor;

/** A task that runs after a delay. It can be canceled at any time, even before it is scheduled. */
final class ScheduledTask {

    private static final Runnable CANCELED = () -> {
    };

    private final AtomicReference<Runnable> cancellation = new AtomicReference<>();

    void schedule(AccountExecutor background, Duration delay, Runnable task) {
        if (cancellation.get() == CANCELED) {
            return;
        }
        Runnable cancel = background.after(delay, task);
        if (!cancellation.compareAndSet(null, cancel)) {
            cancel.run();
        }
    }

    void cancel() {
        Runnable cancel = cancellation.getAndSet(CANCELED);
        if (cancel != null) {
            cancel.run();
        }
    }
}
