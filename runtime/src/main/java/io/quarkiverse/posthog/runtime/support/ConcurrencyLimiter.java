package io.quarkiverse.posthog.runtime.support;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Limits the number of concurrent executions. Others wait in order, without blocking a thread. */
public final class ConcurrencyLimiter {

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Turn> waiting = new ArrayDeque<>();
    private int free;

    /**
     * Creates a limiter.
     *
     * @param atATime the maximum number of concurrent executions; 0 for no limit
     */
    public ConcurrencyLimiter(int atATime) {
        this.free = atATime < 1 ? Integer.MAX_VALUE : atATime;
    }

    /** Runs the given work when the limit permits. */
    public <T> Uni<T> run(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            Turn turn = new Turn();
            return turn.await().chain(() -> work).onTermination().invoke(turn::end);
        });
    }

    private void enter(Turn turn) {
        lock.lock();
        try {
            if (free == 0) {
                waiting.add(turn);
                return;
            }
            free--;
        } finally {
            lock.unlock();
        }
        if (turn.begin()) {
            turn.go();
        } else {
            leave();
        }
    }

    private void leave() {
        Turn next = next();
        while (next != null && !next.begin()) {
            next = next();
        }
        if (next != null) {
            next.goOn();
        }
    }

    /** Returns the next waiting execution; if there is none, frees the place and returns null. */
    private Turn next() {
        lock.lock();
        try {
            Turn next = waiting.poll();
            if (next == null) {
                free++;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void forget(Turn turn) {
        lock.lock();
        try {
            waiting.remove(turn);
        } finally {
            lock.unlock();
        }
    }

    /**
     * <pre>
     * WAITING --begin--> RUNNING --end--> ENDED
     *    \------------------end------------^      (canceled while waiting: it does not begin)
     * </pre>
     */
    private final class Turn {

        private enum State {
            WAITING,
            RUNNING,
            ENDED
        }

        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
        private final Context context = Vertx.currentContext();
        private volatile UniEmitter<? super Void> emitter;

        Uni<Void> await() {
            return Uni.createFrom().emitter(emitter -> {
                this.emitter = emitter;
                enter(this);
            });
        }

        /** Begins. Returns false if it was canceled while waiting. */
        boolean begin() {
            return state.compareAndSet(State.WAITING, State.RUNNING);
        }

        void go() {
            emitter.complete(null);
        }

        /** Continues on its own context instead of the call stack of the execution that ended, which can already be deep. */
        void goOn() {
            if (context == null) {
                Infrastructure.getDefaultExecutor().execute(this::go);
            } else {
                context.runOnContext(ignored -> go());
            }
        }

        void end() {
            State ended = state.getAndSet(State.ENDED);
            if (ended == State.RUNNING) {
                leave();
            } else if (ended == State.WAITING) {
                forget(this);
            }
        }
    }
}
