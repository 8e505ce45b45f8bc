package io.quarkiverse.posthog.benchmarks.capture;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.benchmarks.sink.SinkControl;

/** Captures events at a steady rate while the sink fails for some time. */
record FaultRun(Library library, Map<String, String> settings, URI sink, Fault fault, int perSecond,
        int seconds) implements ClientRun {

    private static final int FAULT_AFTER_SECONDS = 5;

    /** Exceeds the flush interval and the longest retry delay of each library. */
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    @Override
    public FaultResult run(PostHogAccounts accounts) throws Exception {
        SinkControl control = new SinkControl(sink);
        try (CaptureClient client = library.open(accounts, sink, settings)) {
            Pace pace = new Pace(perSecond);
            int before = perSecond * FAULT_AFTER_SECONDS;
            int accepted = pace.capture(client, 0, before);
            fault.inject(control);
            accepted += pace.capture(client, before, perSecond * seconds);
            awaitDelivery(control, accepted);
            return new FaultResult(perSecond * seconds, accepted);
        }
    }

    private void awaitDelivery(SinkControl control, int accepted) throws Exception {
        long deadline = System.nanoTime() + MAX_WAIT_NANOS;
        while (control.count(perSecond * seconds).numbers() < accepted && System.nanoTime() < deadline) {
            Thread.sleep(500);
        }
    }
}
