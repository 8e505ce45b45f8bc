package io.quarkiverse.posthog.runtime.flags;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Evaluations that callers with the same request share while they are running. An evaluation is cancelled when its last
 * caller cancels.
 */
final class SharedEvaluations {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Run> running = new HashMap<>();

    /** Joins the running evaluation of this request, or starts one. */
    Uni<FlagsResponse> join(String request, Supplier<Uni<FlagsResponse>> evaluation) {
        return Uni.createFrom().emitter(emitter -> {
            Run run;
            boolean first;
            lock.lock();
            try {
                first = !running.containsKey(request);
                run = running.computeIfAbsent(request, Run::new);
                run.callers.add(emitter);
            } finally {
                lock.unlock();
            }
            emitter.onTermination(() -> run.leave(emitter));
            if (first) {
                run.start(evaluation);
            }
        });
    }

    /** Callers from now on do not join the evaluations that are running. */
    void forget() {
        lock.lock();
        try {
            running.clear();
        } finally {
            lock.unlock();
        }
    }

    /** The number of evaluations that callers can join. */
    int size() {
        lock.lock();
        try {
            return running.size();
        } finally {
            lock.unlock();
        }
    }

    /** One evaluation. Guarded by the lock, which is not held while calling others. */
    private final class Run {

        private final String request;
        private final Set<UniEmitter<? super FlagsResponse>> callers = new LinkedHashSet<>();
        private Cancellable evaluation;
        private boolean ended;

        Run(String request) {
            this.request = request;
        }

        void start(Supplier<Uni<FlagsResponse>> work) {
            Cancellable started = Uni.createFrom().<FlagsResponse> deferred(work::get).subscribe().with(
                    answer -> end(caller -> caller.complete(answer)), failure -> end(caller -> caller.fail(failure)));
            lock.lock();
            try {
                if (!ended) {
                    evaluation = started;
                    return;
                }
            } finally {
                lock.unlock();
            }
            // Every caller left before there was anything to cancel; cancelling a completed evaluation has no effect
            started.cancel();
        }

        void leave(UniEmitter<? super FlagsResponse> caller) {
            Cancellable abandoned;
            lock.lock();
            try {
                callers.remove(caller);
                if (ended || !callers.isEmpty()) {
                    return;
                }
                close();
                abandoned = evaluation;
            } finally {
                lock.unlock();
            }
            if (abandoned != null) {
                abandoned.cancel();
            }
        }

        private void end(Consumer<UniEmitter<? super FlagsResponse>> outcome) {
            List<UniEmitter<? super FlagsResponse>> waiting;
            lock.lock();
            try {
                if (ended) {
                    return;
                }
                close();
                waiting = new ArrayList<>(callers);
            } finally {
                lock.unlock();
            }
            waiting.forEach(outcome);
        }

        private void close() {
            ended = true;
            running.remove(request, this);
        }
    }
}
