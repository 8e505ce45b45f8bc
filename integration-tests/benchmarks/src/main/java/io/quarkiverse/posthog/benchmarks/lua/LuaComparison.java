package io.quarkiverse.posthog.benchmarks.lua;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

import io.quarkiverse.posthog.benchmarks.JavaProcesses;

/** Compares the time of scripts with that of luaj, and fails if a script takes three times as long. */
public final class LuaComparison {

    /** The first argument of the program. */
    public static final String ARGUMENT = "lua";

    private static final double MAX_RATIO = 3;

    private final JavaProcesses processes;

    public LuaComparison(JavaProcesses processes) {
        this.processes = processes;
    }

    /** Returns whether all scripts are fast enough. */
    public boolean run() throws Exception {
        Process process = processes.start(LuaComparison.class, List.of());
        String figures = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(figures);
        return process.waitFor() == 0 && !figures.isBlank();
    }

    /** Runs in a process without Quarkus, from which JMH can fork. */
    public static void main(String[] arguments) throws Exception {
        Map<String, Double> engine = new TreeMap<>();
        Map<String, Double> luaj = new TreeMap<>();
        for (RunResult result : new Runner(new OptionsBuilder().include(LuaBenchmark.class.getName())
                .verbosity(VerboseMode.SILENT).shouldFailOnError(true).build()).run()) {
            Map<String, Double> times = result.getPrimaryResult().getLabel().equals("engine") ? engine : luaj;
            times.put(result.getParams().getParam("script"), result.getPrimaryResult().getScore());
        }
        boolean fast = true;
        for (String script : engine.keySet()) {
            double ratio = engine.get(script) / luaj.get(script);
            System.out.printf("%-8s %8.1f ms, luaj %8.1f ms, ratio %.2f%n", script, engine.get(script), luaj.get(script),
                    ratio);
            fast &= ratio < MAX_RATIO;
        }
        System.exit(fast ? 0 : 1);
    }
}
