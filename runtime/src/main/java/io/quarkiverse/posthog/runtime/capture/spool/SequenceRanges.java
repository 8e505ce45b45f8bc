package io.quarkiverse.posthog.runtime.capture.spool;

import java.util.ArrayList;
import java.util.List;

/** The sequence numbers of the records in a segment: ascending, and without gaps unless records are damaged. */
final class SequenceRanges {

    private static final class Run {
        final long from;
        final long before;
        long to;

        /** @param before how many records the runs before it have */
        Run(long from, long before) {
            this.from = from;
            this.before = before;
            this.to = from;
        }
    }

    private final List<Run> runs = new ArrayList<>(1);

    boolean isEmpty() {
        return runs.isEmpty();
    }

    long last() {
        return lastRun().to;
    }

    private Run lastRun() {
        return runs.get(runs.size() - 1);
    }

    /** Ignores what does not ascend. */
    void add(long sequence) {
        if (isEmpty() || sequence > last() + 1) {
            runs.add(new Run(sequence, count()));
        } else if (sequence == last() + 1) {
            lastRun().to = sequence;
        }
    }

    private long count() {
        return isEmpty() ? 0 : lastRun().before + lastRun().to - lastRun().from + 1;
    }

    /** A damaged segment may have as many runs as records, and this is needed for each event that is captured. */
    long countAfter(long sequence) {
        if (isEmpty() || sequence >= last()) {
            return 0;
        }
        int low = 0;
        for (int high = runs.size() - 1; low < high;) {
            int middle = (low + high) >>> 1;
            if (runs.get(middle).to > sequence) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Run run = runs.get(low);
        return count() - run.before - Math.max(0, sequence - run.from + 1);
    }
}
