package io.quarkiverse.posthog.benchmarks.capture;

import java.net.URI;
import java.util.Map;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.benchmarks.sink.SinkControl;

/** Starts with the spool of a killed process, and waits until its events are sent. */
record ReplayRun(Map<String, String> settings, URI sink) implements ClientRun {

    @Override
    public Object run(PostHogAccounts accounts) throws Exception {
        try (CaptureClient client = Library.QUARKUS_POSTHOG.open(accounts, sink, settings)) {
            return Settling.await(client, new SinkControl(sink));
        }
    }
}
