package io.quarkiverse.posthog.runtime.capture.wire;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The search for the events that made PostHog reject a batch with status 400, by sending halves of it, down to single events,
 * in order.
 * <p>
 * A status 400 does not say whether the events are the reason. If they are, each invalid event takes about twice the binary
 * logarithm of the size of the batch in requests, and a part without invalid events is accepted soon. If they are not, such as
 * with a wrong token or a proxy that rejects everything, no part is accepted. Therefore the search is given up after
 * {@value #MAX_REJECTIONS} rejections if no part was accepted until then; the events that are left count as rejected. Further
 * searches of
 * the same sender get fewer rejections, down to one after about 40, until PostHog accepts a request again. Once a part was
 * accepted, the search goes on to its end.
 * <p>
 * Used for one request at a time.
 */
public final class RejectionSearch {

    /** A single event of a batch of 500 is reached after nine rejections; the others are for invalid events in a row. */
    public static final int MAX_REJECTIONS = 20;

    private static final int UNTIL_HALF = MAX_REJECTIONS / 2;

    private final AtomicInteger inVain;
    private final int limit;
    private int rejections;
    private boolean accepted;
    private Throwable verdict;

    /** @param inVain the rejections in searches of this sender since PostHog last accepted a request */
    public RejectionSearch(AtomicInteger inVain) {
        this.inVain = inVain;
        this.limit = Math.max(1, MAX_REJECTIONS >> Math.min(inVain.get() / UNTIL_HALF, Integer.SIZE - 1));
    }

    /** Notes that the batch, or a part of it, was rejected. */
    public void rejected(Throwable rejection) {
        rejections++;
        inVain.incrementAndGet();
        if (!accepted && rejections >= limit) {
            verdict = rejection;
        }
    }

    /** Notes that a part of the batch was accepted. */
    public void accepted() {
        accepted = true;
        verdict = null;
    }

    /** The rejection that ends the events that are left; null while the search goes on. */
    public Throwable verdict() {
        return verdict;
    }
}
