package io.quarkiverse.posthog.runtime.capture.delivery;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits the requests to a host that is down: after several failures in a row, only one batcher of the account tries the
 * host, after a wait. The others continue when it succeeds.
 *
 * <pre>
 * CLOSED --failures in a row--> OPEN --wait is over--> one tries --success--> CLOSED
 *                                 ^-------------failure---/
 * </pre>
 */
final class CircuitBreaker {

    private static final int FAILURES = 5;

    private final ReentrantLock lock = new ReentrantLock();
    private final Duration probing;
    private final Set<Runnable> waiting = new HashSet<>();
    private int failures;
    private Duration openUntil = Duration.ZERO;

    /** @param probing the maximum duration of an attempt */
    CircuitBreaker(Duration probing) {
        this.probing = probing;
    }

    /**
     * Returns the time to wait before sending; zero to send now.
     *
     * @param now the time since a fixed moment
     * @param resume is called if the wait can end earlier
     */
    Duration pause(Duration now, Runnable resume) {
        lock.lock();
        try {
            if (failures < FAILURES) {
                return Duration.ZERO;
            }
            if (now.compareTo(openUntil) < 0) {
                waiting.add(resume);
                return openUntil.minus(now);
            }
            openUntil = now.plus(probing);
            return Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    void failed(Duration now, Duration wait) {
        lock.lock();
        try {
            failures++;
            openUntil = now.plus(wait);
        } finally {
            lock.unlock();
        }
    }

    /** Allows the next attempt immediately. */
    void hasten(Duration now) {
        lock.lock();
        try {
            openUntil = openUntil.compareTo(now) < 0 ? openUntil : now;
        } finally {
            lock.unlock();
        }
    }

    /** Removes a batcher that no longer waits. */
    void forget(Runnable resume) {
        lock.lock();
        try {
            waiting.remove(resume);
        } finally {
            lock.unlock();
        }
    }

    /** @return resumes the batchers that wait, to be called without a lock */
    List<Runnable> succeeded() {
        lock.lock();
        try {
            failures = 0;
            List<Runnable> resumed = List.copyOf(waiting);
            waiting.clear();
            return resumed;
        } finally {
            lock.unlock();
        }
    }
}
