package io.quarkiverse.posthog.runtime;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;

/** Creates the components of an account on first use. */
final class LazyAccountComponents {

    /** How long an account that can't be put together is left alone. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(10);

    private final ResolvedAccountConfig account;
    private final Supplier<AccountComponents> factory;
    private final Supplier<AccountComponents> closedFactory;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile AccountComponents parts;
    private RuntimeException failure;
    private long failedAt;
    private boolean ended;

    /** @param closedFactory creates the parts of an account that is first used after it was closed */
    LazyAccountComponents(ResolvedAccountConfig account, Supplier<AccountComponents> factory,
            Supplier<AccountComponents> closedFactory) {
        this.account = account;
        this.factory = factory;
        this.closedFactory = closedFactory;
    }

    /** @throws RuntimeException when the account can't be used, for now or at all */
    AccountComponents parts() {
        AccountComponents present = parts;
        return present == null ? assembled() : present;
    }

    private AccountComponents assembled() {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("PostHog account '" + account.name()
                    + "' was used during its own initialization, for example by an ObjectMapperCustomizer");
        }
        lock.lock();
        try {
            if (parts == null) {
                parts = assemble();
            }
            return parts;
        } finally {
            lock.unlock();
        }
    }

    private AccountComponents assemble() {
        if (ended) {
            return closedFactory.get();
        }
        if (failure != null && System.nanoTime() - failedAt < LEFT_ALONE.toNanos()) {
            throw failure;
        }
        try {
            return factory.get();
        } catch (RuntimeException e) {
            failure = e;
            failedAt = System.nanoTime();
            throw e;
        }
    }

    /** @return null if the account was not used yet */
    AccountComponents present() {
        return parts;
    }

    /**
     * Creates the parts of a closed account if it is used from now on.
     *
     * @return null if the account was not used
     */
    AccountComponents end() {
        lock.lock();
        try {
            ended = true;
            return parts;
        } finally {
            lock.unlock();
        }
    }
}
