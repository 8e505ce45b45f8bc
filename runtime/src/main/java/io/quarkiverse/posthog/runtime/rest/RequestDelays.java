package io.quarkiverse.posthog.runtime.rest;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkiverse.posthog.runtime.background.AccountExecutor;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** The delays between the requests of an account. All of them end when the account is closed. */
final class RequestDelays {

    private final AccountExecutor executor;
    private final Set<UniEmitter<?>> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    RequestDelays(AccountExecutor executor) {
        this.executor = executor;
    }

    /** Completes after a delay, or when the account is closed. Canceling it stops the timer. */
    Uni<Void> after(Duration delay) {
        // The executor may have no timers any more once the account is closed
        return Uni.createFrom().deferred(() -> closed ? Uni.createFrom().voidItem()
                : Uni.combine().any().of(end(), executor.pause(delay)));
    }

    private Uni<Void> end() {
        return Uni.createFrom().emitter(emitter -> {
            pending.add(emitter);
            emitter.onTermination(() -> pending.remove(emitter));
            if (closed) {
                emitter.complete(null);
            }
        });
    }

    /** The nanoseconds since a fixed moment. */
    long elapsed() {
        return executor.elapsed().toNanos();
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends all delays: in dev mode, Vert.x and its timers outlive the application. */
    void close() {
        closed = true;
        pending.forEach(emitter -> emitter.complete(null));
    }
}
