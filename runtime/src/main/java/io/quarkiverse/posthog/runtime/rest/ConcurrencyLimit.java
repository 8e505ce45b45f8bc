package io.quarkiverse.posthog.runtime.rest;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Runs only so many at a time; the others wait, in order and without holding a thread. */
public final class ConcurrencyLimit {

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Turn> waiting = new ArrayDeque<>();
    private int free;

    /** @param atATime how many run at a time; 0 for no limit */
    public ConcurrencyLimit(int atATime) {
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
        turn.begin();
    }

    private void leave() {
        Turn next;
        lock.lock();
        try {
            next = waiting.poll();
            if (next == null) {
                free++;
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.begin();
        }
    }

    /**
     * <pre>
     * WAITING --begin--> RUNNING --end--> ENDED
     *    \------------------end------------^      (cancelled while waiting: begin then hands the place on)
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

        void begin() {
            if (!state.compareAndSet(State.WAITING, State.RUNNING)) {
                leave();
            } else if (context == null || context == Vertx.currentContext()) {
                emitter.complete(null);
            } else {
                // Goes on where it waited, not on the context of whoever made room
                context.runOnContext(ignored -> emitter.complete(null));
            }
        }

        void end() {
            if (state.getAndSet(State.ENDED) == State.RUNNING) {
                leave();
            }
        }
    }
}
