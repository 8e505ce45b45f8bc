package io.quarkiverse.posthog.runtime.flags.local;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Keeps hashes for the next evaluation: to create one takes longer than to evaluate a flag. */
final class HashPool {

    private final AtomicReferenceArray<Hash> slots;
    private final int mask;

    HashPool() {
        int size = Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 4) * 2;
        this.slots = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
    }

    Hash take() {
        Hash hash = slots.getAndSet(slot(), null);
        return hash == null ? new Hash() : hash;
    }

    void giveBack(Hash hash) {
        hash.reset();
        slots.setRelease(slot(), hash);
    }

    /** Threads seldom share one; when they do, one of them creates its own. */
    private int slot() {
        return (int) Thread.currentThread().getId() & mask;
    }
}
