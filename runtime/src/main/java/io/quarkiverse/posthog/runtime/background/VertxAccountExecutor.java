package io.quarkiverse.posthog.runtime.background;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.infrastructure.Infrastructure;
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
     * All requests leave from one event loop, so that they share connections, but none knows the context of
     * another.
     */
    @Override
    public void send(Runnable task) {
        VertxContext.createNewDuplicatedContext(context()).runOnContext(ignored -> task.run());
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        return timers.after(delay, task, this::setTimer);
    }

    private Runnable setTimer(Duration delay, Runnable task) {
        try {
            Future<?> timer = context().nettyEventLoop().schedule(() -> send(task), Math.max(1, delay.toMillis()),
                    TimeUnit.MILLISECONDS);
            return () -> timer.cancel(false);
        } catch (RejectedExecutionException e) {
            // Vert.x is closed, and so is everything that would be done later
            return () -> {
            };
        }
    }

    /**
     * Not the context of whoever asks first: that may belong to a verticle, and Vert.x cancels the timers of a
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
     * Makes what Vert.x is to close with itself. Made by whoever uses it first, it would be closed with the verticle of that
     * one, such as the HTTP server, before what is left was sent.
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
