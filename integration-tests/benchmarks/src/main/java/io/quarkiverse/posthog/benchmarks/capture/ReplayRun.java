package io.quarkiverse.posthog.benchmarks.capture;

import java.net.URI;
import java.util.Map;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.benchmarks.sink.SinkControl;

/** Starts again on the spool of a process that was killed, and waits until it is sent. */
record ReplayRun(Map<String, String> settings, URI sink) implements ClientRun {

    @Override
    public Object run(PostHogAccounts accounts) throws Exception {
        try (CaptureClient client = Library.QUARKUS_POSTHOG.open(accounts, sink, settings)) {
            return Settling.await(client, new SinkControl(sink));
        }
    }
}
