package io.quarkiverse.posthog.runtime.flags.definitions;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.quarkiverse.posthog.runtime.background.Background;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/** Something that runs once at a time. Whoever wants it while it runs waits for the end of that run. */
final class SharedRun {

    private final Background background;
    private final Supplier<Uni<Void>> work;
    private final ReentrantLock lock = new ReentrantLock();
    private CompletableFuture<Void> running;
    private Cancellable subscription;
    private boolean closed;

    /** @param work must not fail */
    SharedRun(Background background, Supplier<Uni<Void>> work) {
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
        background.send(() -> start(mine));
        return mine;
    }

    private void start(CompletableFuture<Void> run) {
        if (run.isDone()) {
            // Closed meanwhile
            return;
        }
        Cancellable started = Uni.createFrom().<Void> deferred(work::get).subscribe().with(ignored -> ended(run),
                failure -> ended(run));
        boolean tooLate;
        lock.lock();
        try {
            tooLate = closed;
            subscription = running == run ? started : subscription;
        } finally {
            lock.unlock();
        }
        if (tooLate) {
            started.cancel();
        }
    }

    private void ended(CompletableFuture<Void> run) {
        lock.lock();
        try {
            running = null;
            subscription = null;
        } finally {
            lock.unlock();
        }
        run.complete(null);
    }

    /** Nothing runs any longer. */
    void close() {
        CompletableFuture<Void> waiting;
        Cancellable started;
        lock.lock();
        try {
            closed = true;
            waiting = running;
            started = subscription;
        } finally {
            lock.unlock();
        }
        if (started != null) {
            started.cancel();
        }
        if (waiting != null) {
            waiting.complete(null);
        }
    }
}
