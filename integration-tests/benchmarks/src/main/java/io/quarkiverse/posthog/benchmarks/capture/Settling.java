package io.quarkiverse.posthog.benchmarks.capture;

import io.quarkiverse.posthog.benchmarks.sink.SinkControl;
import io.quarkiverse.posthog.benchmarks.sink.SinkTraffic;

/** Detects the end of a run by the requests of the sink, because not all libraries report it. */
final class Settling {

    private static final int POLL_MILLIS = 50;
    private static final int QUIET_POLLS = 20;

    private Settling() {
    }

    /** Waits for the end, and returns the received requests with the time of the last one. */
    static SinkTraffic await(CaptureClient client, SinkControl sink) throws Exception {
        client.flush();
        SinkTraffic before = sink.traffic();
        for (int quiet = 0; quiet < QUIET_POLLS; quiet++) {
            Thread.sleep(POLL_MILLIS);
            SinkTraffic now = sink.traffic();
            if (now.requests() > before.requests()) {
                quiet = 0;
            } else {
                client.flush();
            }
            before = now;
        }
        return before;
    }
}
