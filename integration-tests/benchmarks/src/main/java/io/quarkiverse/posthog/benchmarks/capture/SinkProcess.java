package io.quarkiverse.posthog.benchmarks.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.util.List;

import io.quarkiverse.posthog.benchmarks.sink.Sink;
import io.quarkiverse.posthog.benchmarks.sink.SinkControl;

/** A {@link Sink} in its own process, so that its cost is not measured. */
final class SinkProcess implements AutoCloseable {

    private final Process process;
    private final SinkControl control;

    SinkProcess(Processes processes) throws IOException {
        // The garbage collector with the fewest threads, because the machine may have few cores
        process = processes.start(Sink.class, List.of("-Xmx2g", "-XX:+UseSerialGC"));
        String port = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
        control = new SinkControl(URI.create("http://localhost:" + port));
    }

    SinkControl control() {
        return control;
    }

    URI url() {
        return control.url();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
