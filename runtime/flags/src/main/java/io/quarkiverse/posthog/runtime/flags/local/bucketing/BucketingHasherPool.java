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
        BucketingHasher hasher = slots.getAndSet(slot(), null);
        return hasher == null ? new BucketingHasher() : hasher;
    }

    public void release(BucketingHasher hasher) {
        hasher.reset();
        slots.setRelease(slot(), hasher);
    }

    /** Threads rarely share a slot. If they do, one of them creates a hasher. */
    private int slot() {
        return (int) Thread.currentThread().getId() & mask;
    }
}
