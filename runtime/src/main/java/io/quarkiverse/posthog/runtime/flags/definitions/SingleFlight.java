package io.quarkiverse.posthog.runtime.flags.definitions;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.smallrye.mutiny.Uni;

/** Runs a task once at a time. Concurrent callers share a run. */
final class SingleFlight {

    private final AccountExecutor background;
    private final Supplier<Uni<Void>> work;
    private final ReentrantLock lock = new ReentrantLock();
    private CompletableFuture<Void> running;
    private CompletableFuture<Void> next;
    private boolean closed;

    /** @param work must not fail */
    SingleFlight(AccountExecutor background, Supplier<Uni<Void>> work) {
        this.background = background;
        this.work = work;
    }

    /**
     * Completes with the current run, or with a new one if there is none, or when this is closed. Cancelling it does not stop
     * the run, which others share.
     */
    Uni<Void> run() {
        return Uni.createFrom().emitter(emitter -> join(false).thenRun(() -> emitter.complete(null)));
    }

    /**
     * Completes with a run that starts after the subscription, or when this is closed. The current run may have read its
     * data before a change that the caller knows of.
     */
    Uni<Void> runAgain() {
        return Uni.createFrom().emitter(emitter -> join(true).thenRun(() -> emitter.complete(null)));
    }

    private CompletableFuture<Void> join(boolean later) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.completedFuture(null);
            }
            if (running != null) {
                if (later && next == null) {
                    next = mine;
                }
                return later ? next : running;
            }
            running = mine;
        } finally {
            lock.unlock();
        }
        start(mine);
        return mine;
    }

    private void start(CompletableFuture<Void> run) {
        background.send(() -> Uni.createFrom().<Void> deferred(work::get).subscribe().with(ignored -> ended(run),
                failure -> ended(run)));
    }

    private void ended(CompletableFuture<Void> run) {
        CompletableFuture<Void> following;
        lock.lock();
        try {
            following = closed ? null : next;
            next = null;
            running = following;
        } finally {
            lock.unlock();
        }
        run.complete(null);
        if (following != null) {
            start(following);
        }
    }

    /** Starts no further runs, and completes for all callers. The current run continues. */
    void close() {
        CompletableFuture<Void> current;
        CompletableFuture<Void> following;
        lock.lock();
        try {
            closed = true;
            current = running;
            following = next;
            next = null;
        } finally {
            lock.unlock();
        }
        if (current != null) {
            current.complete(null);
        }
        if (following != null) {
            following.complete(null);
        }
    }
}
