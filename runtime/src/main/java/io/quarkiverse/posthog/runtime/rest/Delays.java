package io.quarkiverse.posthog.runtime.rest;

import java.time.Duration;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Waits on Vert.x timers, which fire on the context that waits: no thread is held, and the context is kept. */
public final class Delays {

    private final Supplier<Vertx> vertx;

    public Delays(Supplier<Vertx> vertx) {
        this.vertx = vertx;
    }

    /** Completes after this long; cancelling it stops the timer. */
    public Uni<Void> after(Duration duration) {
        return Uni.createFrom().emitter(emitter -> {
            Vertx instance = vertx.get();
            long timer = instance.setTimer(Math.max(1, duration.toMillis()), id -> emitter.complete(null));
            emitter.onTermination(() -> instance.cancelTimer(timer));
        });
    }
}
