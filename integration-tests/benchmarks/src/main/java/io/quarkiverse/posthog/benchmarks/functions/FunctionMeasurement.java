package io.quarkiverse.posthog.benchmarks.functions;

import java.nio.charset.StandardCharsets;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

import io.quarkiverse.posthog.benchmarks.JavaProcesses;

/** Measures the overhead of calls, which must be less than 50 microseconds. */
public final class FunctionMeasurement {

    /** The first argument of the program. */
    public static final String ARGUMENT = "functions";

    private static final double MAX_MICROSECONDS = 50;

    private final JavaProcesses processes;

    public FunctionMeasurement(JavaProcesses processes) {
        this.processes = processes;
    }

    /** Returns whether all calls are fast enough. */
    public boolean run() throws Exception {
        Process process = processes.start(FunctionMeasurement.class, java.util.List.of());
        String figures = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(figures);
        return process.waitFor() == 0 && !figures.isBlank();
    }

    /** Runs in a process without Quarkus, from which JMH can fork. */
    public static void main(String[] arguments) throws Exception {
        double slowest = 0;
        for (RunResult result : new Runner(new OptionsBuilder().include(FunctionBenchmark.class.getName())
                .verbosity(VerboseMode.SILENT).shouldFailOnError(true).build()).run()) {
            double score = result.getPrimaryResult().getScore();
            System.out.printf("%-10s %6.1f microseconds%n", result.getPrimaryResult().getLabel(), score);
            slowest = Math.max(slowest, score);
        }
        System.exit(slowest < MAX_MICROSECONDS ? 0 : 1);
    }
}
