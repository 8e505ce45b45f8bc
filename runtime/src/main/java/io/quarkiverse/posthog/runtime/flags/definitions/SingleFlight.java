package io.quarkiverse.posthog.runtime.flags.definitions;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.smallrye.mutiny.Uni;

/** Runs a task once at a time. Concurrent callers share the current run. */
final class SingleFlight {

    private final AccountExecutor background;
    private final Supplier<Uni<Void>> work;
    private final ReentrantLock lock = new ReentrantLock();
    private CompletableFuture<Void> running;
    private boolean closed;

    /** @param work must not fail */
    SingleFlight(AccountExecutor background, Supplier<Uni<Void>> work) {
        this.background = background;
        this.work = work;
    }

    /** Completes with the run, or when this is closed. Cancelling it does not stop the run, which others share. */
    Uni<Void> run() {
        return Uni.createFrom().emitter(emitter -> join().thenRun(() -> emitter.complete(null)));
    }

    private CompletableFuture<Void> join() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.completedFuture(null);
            }
            if (running != null) {
                return running;
            }
            running = mine;
        } finally {
            lock.unlock();
        }
        background.send(() -> Uni.createFrom().<Void> deferred(work::get).subscribe().with(ignored -> ended(mine),
                failure -> ended(mine)));
        return mine;
    }

    private void ended(CompletableFuture<Void> run) {
        lock.lock();
        try {
            running = null;
        } finally {
            lock.unlock();
        }
        run.complete(null);
    }

    /** Starts no further runs, and completes for all callers. The current run continues. */
    void close() {
        CompletableFuture<Void> waiting;
        lock.lock();
        try {
            closed = true;
            waiting = running;
        } finally {
            lock.unlock();
        }
        if (waiting != null) {
            waiting.complete(null);
        }
    }
}
