package io.quarkiverse.posthog.benchmarks.lua;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.quarkiverse.posthog.benchmarks.JavaProcesses;

/** Compares the time of scripts with that of luaj, and fails if a script takes three times as long. */
public final class LuaComparison {

    /** The first argument of the program. */
    public static final String ARGUMENT = "lua";

    private static final double MAX_RATIO = 3;
    private static final List<String> SCRIPTS = List.of("fib", "loops", "tables", "strings", "objects");

    private final JavaProcesses processes;

    public LuaComparison(JavaProcesses processes) {
        this.processes = processes;
    }

    /** Returns whether all scripts are fast enough, each in a JVM of its own, and one after the other in the same JVM. */
    public boolean run() throws IOException, InterruptedException {
        boolean fast = true;
        for (String script : SCRIPTS) {
            fast &= measure(script);
        }
        System.out.println("In one JVM:");
        return measure(SCRIPTS.toArray(String[]::new)) && fast;
    }

    private boolean measure(String... scripts) throws IOException, InterruptedException {
        Process process = processes.start(LuaRuns.class, List.of("-Xmx1g"), scripts);
        String figures = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(figures);
        List<String> lines = figures.lines().toList();
        return process.waitFor() == 0 && lines.size() == scripts.length && lines.stream()
                .allMatch(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) < MAX_RATIO);
    }
}
