package io.quarkiverse.posthog.benchmarks.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.quarkiverse.posthog.benchmarks.JavaProcesses;

/** Responses that take much memory or time, to an application with a heap of 256 MB. */
public final class HostileResponses {

    public static final String USAGE = "hostile";

    private static final List<String> SMALL_HEAP = List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");

    private final JavaProcesses processes;
    private final List<HostileCase> cases = HostileCase.all();
    private int failures;

    public HostileResponses(JavaProcesses processes) {
        this.processes = processes;
    }

    /** Returns whether each call ended as it must. */
    public boolean run() throws IOException, InterruptedException {
        System.out.printf("%-12s %-28s %8s %10s %10s  %s%n", "call", "response", "ms", "loop ms", "control ms", "result");
        try (HostileServer server = new HostileServer()) {
            for (int next = 0; next < cases.size();) {
                next = runFrom(next, server);
            }
        }
        System.out.printf("%d of %d cases failed%n", failures, cases.size());
        return failures == 0;
    }

    /** Runs cases until all are done, or the process ends. Returns the first case that was not run. */
    private int runFrom(int first, HostileServer server) throws IOException, InterruptedException {
        int next = first;
        Process client = processes.startApplication(SMALL_HEAP,
                List.of(HostileClient.ARGUMENT, server.url().toString(), Integer.toString(first)));
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] columns = line.split(HostileClient.SEPARATOR, 6);
                if (columns.length == 6) {
                    next = Integer.parseInt(columns[0]) + 1;
                    print(cases.get(next - 1), columns[1], columns[2], columns[3], columns[4], columns[5]);
                }
            }
        }
        int status = client.waitFor();
        if (next < cases.size()) {
            print(cases.get(next), "", "", "", "the process ended with status " + status
                    + " (3 is an OutOfMemoryError)", "");
            next++;
        }
        return next;
    }

    private void print(HostileCase hostile, String millis, String loop, String control, String problem, String result) {
        failures += problem.isEmpty() ? 0 : 1;
        System.out.printf("%-12s %-28s %8s %10s %10s  %s%n", hostile.call(), hostile.name(), millis, loop, control,
                problem.isEmpty() ? "ok: " + result : "FAILED: " + problem + ": " + result);
        System.out.flush();
    }
}
