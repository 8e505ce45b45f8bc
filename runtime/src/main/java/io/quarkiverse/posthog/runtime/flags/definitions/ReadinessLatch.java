package io.quarkiverse.posthog.runtime.flags.definitions;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.smallrye.mutiny.Uni;

/** Completes when an event has occurred, or after a timeout. */
final class ReadinessLatch {

    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile Runnable timer = () -> {
    };

    /** Starts the timeout. */
    void within(AccountExecutor background, Duration wait) {
        if (wait.isZero()) {
            ready.complete(null);
        } else {
            timer = background.after(wait, this::now);
        }
    }

    void now() {
        timer.run();
        ready.complete(null);
    }

    boolean isReady() {
        return ready.isDone();
    }

    Uni<Void> ready() {
        return Uni.createFrom().emitter(emitter -> ready.thenRun(() -> emitter.complete(null)));
    }
}
