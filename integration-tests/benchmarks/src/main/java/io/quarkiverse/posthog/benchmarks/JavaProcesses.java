package io.quarkiverse.posthog.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts processes from the packaged application. */
public final class JavaProcesses {

    private final Path runner;

    /** @param runner the file {@code quarkus-run.jar} */
    public JavaProcesses(Path runner) {
        this.runner = runner;
    }

    /** Starts the application itself. */
    public Process startApplication(List<String> options, List<String> arguments) throws IOException {
        return java(application(options, arguments)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** Starts the application itself; the caller reads its log from the error stream. */
    public Process startQuietly(List<String> options, List<String> arguments) throws IOException {
        return java(application(options, arguments)).start();
    }

    private List<String> application(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("-jar", runner.toString()));
        command.addAll(arguments);
        return command;
    }

    /** Starts a class of the application with everything in one class path, past the class loaders of Quarkus. */
    public Process start(Class<?> main, List<String> options, String... arguments) throws IOException {
        Path home = runner.toAbsolutePath().getParent();
        List<String> classPath = List.of(home + "/quarkus/transformed-bytecode.jar", home + "/quarkus/generated-bytecode.jar",
                home + "/app/*", home + "/lib/boot/*", home + "/lib/main/*");
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main.getName()));
        command.addAll(Arrays.asList(arguments));
        return java(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static ProcessBuilder java(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
