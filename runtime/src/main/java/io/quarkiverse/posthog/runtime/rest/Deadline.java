package io.quarkiverse.posthog.runtime.rest;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

/** Limits the time of work that consists of several requests and pauses. May be used by any number of threads. */
public final class Deadline {

    private final Duration limit;
    private final RequestDelays delays;
    /** Null if the time runs from the beginning. */
    private final CompletableFuture<Void> begun;
    /** The end, in the time of {@link RequestDelays#elapsed()}. */
    private volatile long end;

    private Deadline(Duration limit, RequestDelays delays, CompletableFuture<Void> begun) {
        this.limit = limit;
        this.delays = delays;
        this.begun = begun;
        this.end = delays.elapsed() + limit.toNanos();
    }

    /** The time starts with {@link #begin()}. */
    public static Deadline afterBegin(Duration limit, ApiExecutor calls) {
        return new Deadline(limit, calls.delays(), new CompletableFuture<>());
    }

    /** The time starts now. */
    public static Deadline fromNow(Duration limit, ApiExecutor calls) {
        return new Deadline(limit, calls.delays(), null);
    }

    /** Starts the time. Has no effect if it is running already. */
    public void begin() {
        if (begun != null && !begun.isDone()) {
            end = delays.elapsed() + limit.toNanos();
            begun.complete(null);
        }
    }

    /** Cancels the work and fails when the time is over. */
    public <T> Uni<T> limit(Uni<T> work, Supplier<Throwable> failure) {
        return Uni.combine().any().of(work, expired(failure));
    }

    private <T> Uni<T> expired(Supplier<Throwable> failure) {
        Uni<Void> started = begun == null ? Uni.createFrom().voidItem()
                : Uni.createFrom().emitter(emitter -> begun.thenRun(() -> emitter.complete(null)));
        return started.chain(() -> delays.after(Duration.ofNanos(Math.max(0, end - delays.elapsed()))))
                // Delays also end when the account closes; the requests then fail for that reason
                .chain(() -> delays.isClosed() ? Uni.createFrom().nothing() : Uni.createFrom().failure(failure));
    }
}
