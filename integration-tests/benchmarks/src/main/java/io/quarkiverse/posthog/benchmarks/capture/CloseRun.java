package io.quarkiverse.posthog.benchmarks.capture;

import java.net.URI;
import java.util.Map;

import io.quarkiverse.posthog.PostHogAccounts;

/** An application that stops with a full queue. */
record CloseRun(Library library, Map<String, String> settings, URI sink, int events) implements ClientRun {

    @Override
    public FaultResult run(PostHogAccounts accounts) {
        int accepted = 0;
        try (CaptureClient client = library.open(accounts, sink, settings)) {
            for (int number = 0; number < events; number++) {
                accepted += client.capture(new SampleEvent(number)) ? 1 : 0;
            }
        }
        return new FaultResult(events, accepted);
    }
}
