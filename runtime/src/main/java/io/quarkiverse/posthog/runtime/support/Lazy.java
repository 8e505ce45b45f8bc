package io.quarkiverse.posthog.runtime.support;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A value that is created on first use. If that fails, the same exception is thrown for ten seconds before the value is
 * created again.
 */
public final class Lazy<T> {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final String account;
    private final String name;
    private final Supplier<T> factory;
    private final LongSupplier elapsed;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile T value;
    private RuntimeException failure;
    private long failedAt;
    private boolean ended;

    /**
     * @param name the value in exceptions
     * @param elapsed the time in nanoseconds since some moment
     */
    public Lazy(String account, String name, Supplier<T> factory, LongSupplier elapsed) {
        this.account = account;
        this.name = name;
        this.factory = factory;
        this.elapsed = elapsed;
    }

    /**
     * @throws IllegalStateException if the current thread is creating the value
     * @throws RuntimeException if the value can't be created
     */
    public T get() {
        T present = value;
        return present == null ? created() : present;
    }

    private T created() {
        if (lock.isHeldByCurrentThread()) {
            throw unusable("during its own initialization");
        }
        lock.lock();
        try {
            if (value == null) {
                value = create();
            }
            return value;
        } finally {
            lock.unlock();
        }
    }

    private T create() {
        if (ended) {
            throw unusable("after the account was closed");
        }
        if (hasFailed()) {
            throw failure;
        }
        try {
            return factory.get();
        } catch (RuntimeException e) {
            failure = e;
            failedAt = elapsed.getAsLong();
            throw e;
        }
    }

    private IllegalStateException unusable(String when) {
        return new IllegalStateException("PostHog account '" + account + "': " + name + " can't be used " + when);
    }

    private boolean hasFailed() {
        return failure != null && elapsed.getAsLong() - failedAt < RETRY_AFTER.toNanos();
    }

    /** The value, or null if it was not created. */
    public T present() {
        return value;
    }

    /** Whether {@link #get} fails for now: the creation failed, or the current thread is creating the value. */
    public boolean isUnavailable() {
        boolean creating = lock.isHeldByCurrentThread();
        lock.lock();
        try {
            return value == null && (creating || hasFailed());
        } finally {
            lock.unlock();
        }
    }

    /** Returns the value, or null if it was not created. From now on, it is not created any more. */
    public T end() {
        lock.lock();
        try {
            ended = true;
            return value;
        } finally {
            lock.unlock();
        }
    }
}
