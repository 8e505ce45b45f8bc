package io.quarkiverse.posthog.runtime.capture.spool;

import java.util.ArrayList;
import java.util.List;

/** Which records a segment has: ascending numbers, without gaps unless something was damaged. */
final class Sequences {

    private static final class Run {
        final long from;
        long to;

        Run(long from) {
            this.from = from;
            this.to = from;
        }
    }

    private final List<Run> runs = new ArrayList<>(1);

    boolean isEmpty() {
        return runs.isEmpty();
    }

    long last() {
        return runs.get(runs.size() - 1).to;
    }

    /** Ignores what does not ascend. */
    void add(long sequence) {
        if (isEmpty() || sequence > last() + 1) {
            runs.add(new Run(sequence));
        } else if (sequence == last() + 1) {
            runs.get(runs.size() - 1).to = sequence;
        }
    }

    long countAfter(long sequence) {
        long count = 0;
        for (Run run : runs) {
            count += Math.max(0, run.to - Math.max(run.from - 1, sequence));
        }
        return count;
    }
}
