package io.quarkiverse.posthog.benchmarks.capture;

/**
 * What a {@link LoadRun} has measured.
 *
 * @param accepted how many events the library took
 * @param delivered how many of them arrived
 * @param captureSeconds until the last event was taken
 * @param seconds until the last event arrived
 * @param cpuSeconds what the process of the library needed, in all its threads
 * @param heap the most heap in use, with garbage, in bytes
 * @param heapAfterCollection the most heap in use after a garbage collection, in bytes
 * @param requests how many requests it took
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
