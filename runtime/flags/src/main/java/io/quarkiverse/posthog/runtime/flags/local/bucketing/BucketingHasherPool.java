package io.quarkiverse.posthog.runtime.flags.local.bucketing;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Reuses hashers, because creating one takes longer than evaluating a flag. */
public final class BucketingHasherPool {

    private final AtomicReferenceArray<BucketingHasher> slots;
    private final int mask;

    public BucketingHasherPool() {
        int size = Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 4) * 2;
        this.slots = new AtomicReferenceArray<>(size);
        this.mask = size - 1;
    }

    public BucketingHasher take() {
        BucketingHasher hash = slots.getAndSet(slot(), null);
        return hash == null ? new BucketingHasher() : hash;
    }

    public void release(BucketingHasher hash) {
        hash.reset();
        slots.setRelease(slot(), hash);
    }

    /** Threads seldom share one; when they do, one of them creates its own. */
    private int slot() {
        return (int) Thread.currentThread().getId() & mask;
    }
}
