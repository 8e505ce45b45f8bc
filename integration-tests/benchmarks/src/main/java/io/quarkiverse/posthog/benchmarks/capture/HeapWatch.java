package io.quarkiverse.posthog.benchmarks.capture;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

import com.sun.management.GarbageCollectionNotificationInfo;

/**
 * Measures the heap during a run. The used heap includes garbage, which depends on the size of the heap. The heap after
 * collections is closer to the required memory.
 */
final class HeapWatch implements AutoCloseable {

    private static final int SAMPLE_MILLIS = 10;

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final List<String> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP).map(MemoryPoolMXBean::getName).toList();
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong usedAfterCollection = new AtomicLong();
    private final Thread sampler = new Thread(this::sample, "heap-watch");

    /** Runs a garbage collection and starts to measure. */
    HeapWatch() {
        System.gc();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener((notification, handback) -> {
                if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
                    collected(GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData()));
                }
            }, null, null);
        }
        sampler.setDaemon(true);
        sampler.start();
    }

    private void collected(GarbageCollectionNotificationInfo collection) {
        Map<String, MemoryUsage> usage = collection.getGcInfo().getMemoryUsageAfterGc();
        long sum = pools.stream().mapToLong(pool -> usage.get(pool).getUsed()).sum();
        usedAfterCollection.accumulateAndGet(sum, Math::max);
    }

    private void sample() {
        try {
            while (true) {
                used.accumulateAndGet(memory.getHeapMemoryUsage().getUsed(), Math::max);
                Thread.sleep(SAMPLE_MILLIS);
            }
        } catch (InterruptedException e) {
            // Closed
        }
    }

    /** Returns the maximum used heap, in bytes. */
    long peak() {
        return used.get();
    }

    /** Returns the maximum used heap after a garbage collection, in bytes. */
    long peakAfterCollection() {
        return usedAfterCollection.get();
    }

    @Override
    public void close() {
        sampler.interrupt();
    }
}
