package io.quarkiverse.posthog.runtime.background;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

/** Uses the worker threads and event loops of the application. */
public final class VertxAccountExecutor implements AccountExecutor {

    private final Supplier<Vertx> vertx;
    private final TimeSource timers;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile ContextInternal context;

    public VertxAccountExecutor(Supplier<Vertx> vertx, TimeSource timers) {
        this.vertx = vertx;
        this.timers = timers;
    }

    @Override
    public void work(Runnable task) {
        Infrastructure.getDefaultWorkerPool().execute(task);
    }

    /**
     * Sends all requests from one event loop, so that they share connections, but each on a context of its own.
     */
    @Override
    public void send(Runnable task) {
        VertxContext.createNewDuplicatedContext(context()).runOnContext(ignored -> task.run());
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        return after(delay, task, this::send);
    }

    @Override
    public Uni<Void> pause(Duration delay) {
        return Uni.createFrom().emitter(emitter -> {
            Context caller = Vertx.currentContext();
            Consumer<Runnable> executor = caller == null ? this::send
                    : task -> caller.runOnContext(ignored -> task.run());
            emitter.onTermination(after(delay, () -> emitter.complete(null), executor));
        });
    }

    private Runnable after(Duration delay, Runnable task, Consumer<Runnable> executor) {
        return timers.after(delay, task, (wait, due) -> setTimer(wait, () -> executor.accept(due)));
    }

    private Runnable setTimer(Duration delay, Runnable task) {
        try {
            Future<?> timer = context().nettyEventLoop().schedule(task, Math.max(1, delay.toMillis()),
                    TimeUnit.MILLISECONDS);
            return () -> timer.cancel(false);
        } catch (RejectedExecutionException e) {
            // Vert.x is closed, and its timers with it
            return () -> {
            };
        }
    }

    /**
     * A context that does not belong to a verticle, as the context of the first caller may: Vert.x cancels the timers of a
     * verticle that is undeployed.
     */
    private ContextInternal context() {
        ContextInternal own = context;
        if (own != null) {
            return own;
        }
        lock.lock();
        try {
            if (context == null) {
                context = ((VertxInternal) vertx.get()).createEventLoopContext();
            }
            return context;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Creates an object that Vert.x closes when it closes itself. Created on the context of a verticle, such as the HTTP
     * server, the object would be closed with the verticle, before the remaining events are sent.
     */
    public <T> T runInOwnContext(Supplier<T> make) {
        ContextInternal own = context();
        ContextInternal before = own.beginDispatch();
        try {
            return make.get();
        } finally {
            own.endDispatch(before);
        }
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Duration elapsed() {
        return timers.elapsed();
    }
}
