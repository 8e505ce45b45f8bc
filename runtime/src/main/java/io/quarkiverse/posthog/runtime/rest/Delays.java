package io.quarkiverse.posthog.runtime.rest;

import java.io.Closeable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;

/** Waits on Vert.x timers, which fire on the context that waits: no thread is held, and the context is kept. */
public final class Delays implements Closeable {

    private final Supplier<Vertx> vertx;
    private final Set<UniEmitter<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public Delays(Supplier<Vertx> vertx) {
        this.vertx = vertx;
    }

    /** Completes after this long, or when this is closed; cancelling it stops the timer. */
    public Uni<Void> after(Duration duration) {
        return Uni.createFrom().emitter(emitter -> {
            Vertx instance = vertx.get();
            waiting.add(emitter);
            long timer = instance.setTimer(Math.max(1, duration.toMillis()), id -> end(emitter));
            emitter.onTermination(() -> {
                waiting.remove(emitter);
                instance.cancelTimer(timer);
            });
            if (closed) {
                end(emitter);
            }
        });
    }

    private void end(UniEmitter<?> emitter) {
        waiting.remove(emitter);
        emitter.complete(null);
    }

    /** Whether it is of no use to go on. */
    boolean isClosed() {
        return closed;
    }

    /** Nobody waits any longer: in dev mode Vert.x goes on, and its timers would outlive the application. */
    @Override
    public void close() {
        closed = true;
        waiting.forEach(this::end);
    }
}
