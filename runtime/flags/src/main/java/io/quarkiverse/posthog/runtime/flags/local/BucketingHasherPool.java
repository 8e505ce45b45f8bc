package io.quarkiverse.posthog.runtime.flags.local;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Reuses hashers, because creating one takes longer than evaluating a flag. */
final class BucketingHasherPool {

    private final AtomicReferenceArray<BucketingHasher> slots;
    private final int mask;

    BucketingHasherPool() {
        int size = Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 4) * 2;
        this.slots = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
    }

    BucketingHasher take() {
        BucketingHasher hash = slots.getAndSet(slot(), null);
        return hash == null ? new BucketingHasher() : hash;
    }

    void release(BucketingHasher hash) {
        hash.reset();
        slots.setRelease(slot(), hash);
    }

    /** Threads seldom share one; when they do, one of them creates its own. */
    private int slot() {
        return (int) Thread.currentThread().getId() & mask;
    }
}
