package io.quarkiverse.posthog.benchmarks.capture;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.quarkiverse.posthog.PostHogAccounts;

/**
 * Captures events at a steady rate until the process is killed, and writes the number of each accepted event to a file.
 * The operating system keeps written data when a process is killed.
 */
record SpooledRun(Map<String, String> settings, URI sink, int perSecond, Path accepted) implements ClientRun {

    @Override
    public Object run(PostHogAccounts accounts) throws Exception {
        try (CaptureClient client = Library.QUARKUS_POSTHOG.open(accounts, sink, settings);
                DataOutputStream numbers = new DataOutputStream(Files.newOutputStream(accepted))) {
            Pace pace = new Pace(perSecond);
            return pace.capture(new Writing(client, numbers), 0, Integer.MAX_VALUE);
        }
    }

    private record Writing(CaptureClient client, DataOutputStream numbers) implements CaptureClient {

        @Override
        public boolean capture(SampleEvent event) {
            boolean accepted = client.capture(event);
            if (accepted) {
                try {
                    numbers.writeInt(event.number());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return accepted;
        }

        @Override
        public void flush() {
            client.flush();
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
