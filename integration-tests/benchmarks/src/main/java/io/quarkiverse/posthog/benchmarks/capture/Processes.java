package io.quarkiverse.posthog.benchmarks.capture;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.benchmarks.JavaProcesses;

/** Starts the processes of a comparison. */
final class Processes {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JavaProcesses java;

    Processes(JavaProcesses java) {
        this.java = java;
    }

    /** Executes a run in its own process and returns the result. */
    <T> T run(ClientRun run, String heap, Class<T> result) throws Exception {
        Process process = start(run, heap);
        try {
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(run + " ended with " + process.exitValue());
            }
            return MAPPER.readValue(output, result);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts a run and returns its process. */
    Process start(ClientRun run, String heap) throws IOException {
        return java.startApplication(List.of("-Xmx" + heap), Arrays.asList(ClientRuns.arguments(run)));
    }

    /** Starts a class of the application. */
    Process start(Class<?> main, List<String> options, String... arguments) throws IOException {
        return java.start(main, options, arguments);
    }
}
