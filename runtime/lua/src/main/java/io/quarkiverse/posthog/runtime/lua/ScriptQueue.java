package io.quarkiverse.posthog.runtime.lua;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Limits the number of scripts that run at the same time, and their memory. Other scripts wait, without a thread, in the order
 * in which they came.
 */
final class ScriptQueue {

    private final int maxConcurrent;
    private final int maxWaiting;
    private final long totalMemory;

    // Guarded by this
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private int running;
    private long memory;
    private boolean closed;

    ScriptQueue(ScriptLimits limits) {
        maxConcurrent = limits.maxConcurrent();
        maxWaiting = limits.maxWaiting();
        totalMemory = limits.totalMemory();
    }

    /** The turn of a script, which ends with {@link #end}. */
    final class Turn {

        private final long required;
        private final Consumer<Turn> start;
        private boolean started;
        private boolean ended;

        private Turn(long required, Consumer<Turn> start) {
            this.required = required;
            this.start = start;
        }

        /** Removes the script if it has not started. Returns whether it was removed. */
        boolean withdraw() {
            boolean removed;
            synchronized (ScriptQueue.this) {
                removed = !started && waiting.remove(this);
            }
            if (removed) {
                startNext();
            }
            return removed;
        }

        /** Ends the turn. Can be called repeatedly. */
        void end() {
            synchronized (ScriptQueue.this) {
                if (ended) {
                    return;
                }
                ended = true;
                if (!started) {
                    return;
                }
                running--;
                memory -= required;
            }
            startNext();
        }
    }

    /**
     * Adds a script.
     *
     * @param required the memory in bytes that it can use
     * @param start starts it when it is its turn, on any thread; must not block
     * @return null if too many scripts are waiting
     */
    Turn add(long required, Consumer<Turn> start) {
        Turn turn = new Turn(required, start);
        synchronized (this) {
            // Those in front may start right now
            if (closed || waiting.size() >= maxWaiting && !(waiting.isEmpty() && fits(turn))) {
                return null;
            }
            waiting.add(turn);
        }
        startNext();
        return turn;
    }

    private boolean fits(Turn turn) {
        return running < maxConcurrent && memory + turn.required <= totalMemory;
    }

    private void startNext() {
        while (true) {
            Turn next;
            synchronized (this) {
                next = waiting.peek();
                if (closed || next == null || !fits(next)) {
                    return;
                }
                waiting.remove();
                next.started = true;
                running++;
                memory += next.required;
            }
            next.start.accept(next);
        }
    }

    /** Starts no further scripts. */
    synchronized void close() {
        closed = true;
    }

    synchronized int running() {
        return running;
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
