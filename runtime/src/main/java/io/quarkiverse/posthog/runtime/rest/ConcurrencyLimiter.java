package io.quarkiverse.posthog.runtime.rest;

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

    /** @param atATime how many run at a time; 0 for no limit */
    public ConcurrencyLimiter(int atATime) {
        this.free = atATime < 1 ? Integer.MAX_VALUE : atATime;
    }

    /** Runs it when it is its turn. */
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

    /** Whose turn it is; null when nobody waits, and then the place is free. */
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
     *    \------------------end------------^      (cancelled while waiting: it is not begun any more)
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

        /** Whether it takes the place, which it does not when it was cancelled. */
        boolean begin() {
            return state.compareAndSet(State.WAITING, State.RUNNING);
        }

        void go() {
            emitter.complete(null);
        }

        /** Goes on where it waited, and not inside of whoever made room: that may be deep inside of others already. */
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
