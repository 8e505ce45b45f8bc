package io.quarkiverse.posthog.benchmarks.capture;

/**
 * The result of a {@link LoadRun}.
 *
 * @param accepted the number of events that the library accepted
 * @param delivered the number of delivered events
 * @param captureSeconds the time until the last event was accepted
 * @param seconds the time until the last event arrived
 * @param cpuSeconds the CPU time of all threads in the process of the library
 * @param heap the maximum used heap, including garbage, in bytes
 * @param heapAfterCollection the maximum used heap after a garbage collection, in bytes
 * @param requests the number of requests
 * @param bytes the size of their bodies
 */
record LoadResult(int accepted, long delivered, double captureSeconds, double seconds, double cpuSeconds, long heap,
        long heapAfterCollection, long requests, long bytes) {

    double eventsPerSecond() {
        return delivered / seconds;
    }

    double cpuSecondsPerMillion() {
        return cpuSeconds / delivered * 1e6;
    }

    double bytesPerEvent() {
        return (double) bytes / delivered;
    }

    long lost() {
        return accepted - delivered;
    }
}
