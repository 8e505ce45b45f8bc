package io.quarkiverse.posthog.benchmarks.shutdown;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.posthog.benchmarks.JavaProcesses;
import io.quarkiverse.posthog.benchmarks.Report;

/** Measures the shutdown of an application with a full queue and requests in flight while PostHog fails. */
public final class ShutdownMeasurement {

    public static final String USAGE = "shutdown";

    public static final String ARGUMENT = "shutdown";

    private static final int EVENTS = 1000;
    /** The default of {@code capture.shutdown-timeout}. */
    private static final double TIMEOUT_SECONDS = 10;

    private static final List<String> LOGGED = List.of("-Dquarkus.log.level=INFO",
            "-Dquarkus.log.console.format=%p [%c] %m%n%e");

    private static final Pattern STOPPED = Pattern.compile(" stopped in ([0-9.]+)s");

    private final JavaProcesses processes;

    public ShutdownMeasurement(JavaProcesses processes) {
        this.processes = processes;
    }

    public void run() throws IOException, InterruptedException {
        Report report = new Report();
        report.table("Stopping with " + EVENTS + " events in the queue, and `capture.shutdown-timeout` of 10 s",
                "4,2,2,2,2,2,2",
                "PostHog responds with", "seconds", "of the timeout", "requests", "delivered", "log lines", "stack traces");
        for (ShutdownCase behavior : ShutdownCase.values()) {
            run(behavior, report);
        }
        report.end(
                "Seconds: as Quarkus logs them for the whole application. Log lines: all other lines at `INFO` or above, stack "
                        + "traces included.");
    }

    private void run(ShutdownCase behavior, Report report) throws IOException, InterruptedException {
        try (ShutdownServer server = new ShutdownServer(behavior)) {
            Process client = processes.startQuietly(LOGGED,
                    List.of(ShutdownClient.ARGUMENT, server.url().toString(), Integer.toString(EVENTS)));
            CompletableFuture<List<String>> logged = CompletableFuture.supplyAsync(() -> lines(client.getErrorStream()));
            try (BufferedReader out = reader(client.getInputStream())) {
                for (String line = out.readLine(); !ShutdownClient.STOPPING.equals(line); line = out.readLine()) {
                    if (line == null) {
                        throw new IllegalStateException("The application did not start: " + logged.join());
                    }
                }
            }
            client.waitFor();
            double seconds = logged.join().stream().map(STOPPED::matcher).filter(Matcher::find)
                    .mapToDouble(stopped -> Double.parseDouble(stopped.group(1))).findFirst().orElseThrow();
            List<String> log = logged.join().stream().filter(line -> !line.contains("[io.quarkus]")).toList();
            report.row(behavior.title(), String.format(Locale.ROOT, "%.1f", seconds),
                    Math.round(100 * seconds / TIMEOUT_SECONDS) + " %", server.requests(), server.delivered(), log.size(),
                    log.stream().filter(line -> line.startsWith("\tat ")).count());
            log.forEach(System.err::println);
        }
    }

    private static List<String> lines(InputStream in) {
        try (BufferedReader reader = reader(in)) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader reader(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
}
