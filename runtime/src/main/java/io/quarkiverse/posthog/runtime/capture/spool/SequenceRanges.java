package io.quarkiverse.posthog.runtime.capture.spool;

import java.util.ArrayList;
import java.util.List;

/** The sequence numbers of the records in a segment: ascending, and without gaps unless records are damaged. */
final class SequenceRanges {

    private static final class Range {
        final long from;
        final long before;
        long to;

        /** @param before the number of records in the ranges before it */
        Range(long from, long before) {
            this.from = from;
            this.before = before;
            this.to = from;
        }
    }

    private final List<Range> ranges = new ArrayList<>(1);

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    long last() {
        return lastRange().to;
    }

    private Range lastRange() {
        return ranges.get(ranges.size() - 1);
    }

    /** Adds a sequence number. Ignores a number that is not higher than the last one. */
    void add(long sequence) {
        if (isEmpty() || sequence > last() + 1) {
            ranges.add(new Range(sequence, count()));
        } else if (sequence == last() + 1) {
            lastRange().to = sequence;
        }
    }

    private long count() {
        return isEmpty() ? 0 : lastRange().before + lastRange().to - lastRange().from + 1;
    }

    /**
     * Uses a binary search: a damaged segment may have as many ranges as records, and every captured event calls this method.
     */
    long countAfter(long sequence) {
        if (isEmpty() || sequence >= last()) {
            return 0;
        }
        int low = 0;
        for (int high = ranges.size() - 1; low < high;) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).to > sequence) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Range range = ranges.get(low);
        return count() - range.before - Math.max(0, sequence - range.from + 1);
    }
}
