package io.quarkiverse.posthog.benchmarks.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkiverse.posthog.benchmarks.JavaProcesses;

/** Responses that take much memory or time, to an application with a heap of 256 MB. */
public final class HostileResponses {

    public static final String USAGE = "hostile [--only=<calls>]";

    public static final String ARGUMENT = "hostile";

    private static final String ONLY = "--only=";

    private static final List<String> SMALL_HEAP = List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");

    private final JavaProcesses processes;
    private final List<HostileCase> cases = HostileCase.all();
    private int failures;

    public HostileResponses(JavaProcesses processes) {
        this.processes = processes;
    }

    /**
     * Returns whether each call had the expected result.
     *
     * @param options {@code --only=} with the names of calls, separated by commas; none for all calls
     */
    public boolean run(List<String> options) throws IOException, InterruptedException {
        Set<Call> calls = calls(options);
        System.out.printf("%-12s %-28s %7s %7s %8s %11s  %s%n", "call", "response", "ms", "cpu ms", "late ms", "control ms",
                "result");
        try (HostileServer server = new HostileServer()) {
            for (Call call : calls) {
                List<HostileCase> remaining = new ArrayList<>(cases.stream().filter(it -> it.call() == call).toList());
                while (!remaining.isEmpty()) {
                    run(remaining, server);
                }
            }
        }
        System.out.printf("%d cases failed%n", failures);
        return failures == 0;
    }

    private static Set<Call> calls(List<String> options) {
        Set<Call> calls = EnumSet.noneOf(Call.class);
        options.stream().filter(option -> option.startsWith(ONLY))
                .flatMap(option -> Stream.of(option.substring(ONLY.length()).split(",")))
                .forEach(name -> calls.add(Call.valueOf(name.toUpperCase(Locale.ROOT))));
        return calls.isEmpty() ? EnumSet.allOf(Call.class) : calls;
    }

    /** Runs cases in one process until all are done or one fails, and removes these cases from the list. */
    private void run(List<HostileCase> remaining, HostileServer server) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(HostileClient.ARGUMENT, server.url().toString()));
        int before = remaining.size();
        remaining.forEach(hostile -> arguments.add(Integer.toString(cases.indexOf(hostile))));
        Process client = processes.startApplication(SMALL_HEAP, arguments);
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] columns = line.split(HostileClient.SEPARATOR, HostileClient.COLUMNS);
                if (columns.length == HostileClient.COLUMNS) {
                    print(remaining.remove(0), columns);
                }
            }
        }
        // A failed case ends the process with 0
        int status = client.waitFor();
        if (status != 0 || remaining.size() == before) {
            print(remaining.remove(0), "", "", "", "",
                    "the process ended with status " + status + " (3 is an OutOfMemoryError)",
                    "");
        }
    }

    private void print(HostileCase hostile, String... columns) {
        boolean failed = !columns[HostileClient.PROBLEM].isEmpty();
        failures += failed ? 1 : 0;
        System.out.printf("%-12s %-28s %7s %7s %8s %11s  %s%s%n", hostile.call(), hostile.name(), columns[0], columns[1],
                columns[2], columns[3], failed ? "FAILED: " + columns[HostileClient.PROBLEM] + ": " : "ok: ",
                columns[HostileClient.PROBLEM + 1]);
        System.out.flush();
    }
}
