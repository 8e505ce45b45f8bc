package io.quarkiverse.posthog.runtime.rest;

import java.io.Closeable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.quarkiverse.posthog.runtime.background.TimeSource;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

/** Delays with Vert.x timers, which fire on the context of the caller without blocking a thread. */
public final class VertxDelays implements Closeable {

    private final Supplier<Vertx> vertx;
    private final TimeSource timers;
    private final Set<UniEmitter<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public VertxDelays(Supplier<Vertx> vertx) {
        this(vertx, TimeSource.REAL);
    }

    public VertxDelays(Supplier<Vertx> vertx, TimeSource timers) {
        this.vertx = vertx;
        this.timers = timers;
    }

    /** Completes after this long, or when this is closed; cancelling it stops the timer. */
    public Uni<Void> after(Duration duration) {
        return Uni.createFrom().emitter(emitter -> {
            if (closed) {
                // Vert.x may be closed as well
                emitter.complete(null);
                return;
            }
            ContextInternal context = ((VertxInternal) vertx.get()).getOrCreateContext();
            waiting.add(emitter);
            Runnable cancel = timers.after(duration, () -> end(emitter),
                    (delay, task) -> setTimer(context, delay, task));
            emitter.onTermination(() -> {
                waiting.remove(emitter);
                cancel.run();
            });
            if (closed) {
                end(emitter);
            }
        });
    }

    private static Runnable setTimer(ContextInternal context, Duration delay, Runnable task) {
        long timer = context.setTimer(Math.max(1, delay.toMillis()), id -> task.run());
        return () -> context.owner().cancelTimer(timer);
    }

    private void end(UniEmitter<?> emitter) {
        waiting.remove(emitter);
        emitter.complete(null);
    }

    /** Nanoseconds since some moment. */
    long elapsed() {
        return timers.elapsed().toNanos();
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
