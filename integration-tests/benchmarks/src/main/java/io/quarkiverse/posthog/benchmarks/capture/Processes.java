package io.quarkiverse.posthog.benchmarks.capture;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Starts the processes of a comparison from the packaged application. */
final class Processes {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path runner;

    /** @param runner the file {@code quarkus-run.jar} */
    Processes(Path runner) {
        this.runner = runner;
    }

    /** Does a run in a process of its own and returns what it found. */
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
        List<String> command = new ArrayList<>(List.of("-Xmx" + heap, "-jar", runner.toString()));
        command.addAll(Arrays.asList(ClientRuns.arguments(run)));
        return java(command);
    }

    /** Starts a class of the application with everything in one class path, past the class loaders of Quarkus. */
    Process start(Class<?> main, List<String> options, String... arguments) throws IOException {
        Path home = runner.toAbsolutePath().getParent();
        List<String> classPath = List.of(home + "/quarkus/transformed-bytecode.jar", home + "/quarkus/generated-bytecode.jar",
                home + "/app/*", home + "/lib/boot/*", home + "/lib/main/*");
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main.getName()));
        command.addAll(Arrays.asList(arguments));
        return java(command);
    }

    private static Process java(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
