package io.quarkiverse.posthog.runtime.capture;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.quarkiverse.posthog.runtime.background.AccountExecutor;

/**
 * The writes that a channel has not acknowledged, and a timer for all of them. Some connectors never acknowledge the messages
 * that they were sending when a connection was lost.
 */
final class UnacknowledgedWrites {

    private final Duration timeout;
    private final AccountExecutor background;
    private final Consumer<Long> late;

    private final ReentrantLock lock = new ReentrantLock();
    /** The time of each write, by the number of its event. */
    private final Map<Long, Duration> times = new HashMap<>();
    private boolean waiting;
    private boolean closed;
    private volatile Runnable cancelTimer = () -> {
    };

    /** @param late receives the number of each event that is not acknowledged in time */
    UnacknowledgedWrites(Duration timeout, AccountExecutor background, Consumer<Long> late) {
        this.timeout = timeout;
        this.background = background;
        this.late = late;
    }

    void add(long number) {
        boolean start;
        lock.lock();
        try {
            times.put(number, background.elapsed());
            start = !waiting && !closed;
            waiting = true;
        } finally {
            lock.unlock();
        }
        if (start) {
            startTimer();
        }
    }

    void remove(long number) {
        lock.lock();
        try {
            times.remove(number);
        } finally {
            lock.unlock();
        }
    }

    private void startTimer() {
        try {
            cancelTimer = background.after(timeout, this::reportLate);
        } catch (Throwable e) {
            lock.lock();
            try {
                waiting = false;
            } finally {
                lock.unlock();
            }
            throw e;
        }
    }

    private void reportLate() {
        List<Long> numbers;
        boolean again;
        lock.lock();
        try {
            Duration since = background.elapsed().minus(timeout);
            numbers = times.entrySet().stream().filter(write -> write.getValue().compareTo(since) <= 0)
                    .map(Map.Entry::getKey).sorted().toList();
            numbers.forEach(times::remove);
            again = !times.isEmpty() && !closed;
            waiting = again;
        } finally {
            lock.unlock();
        }
        if (again) {
            startTimer();
        }
        numbers.forEach(late);
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            times.clear();
        } finally {
            lock.unlock();
        }
        cancelTimer.run();
    }
}
