package io.quarkiverse.posthog.benchmarks.capture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.quarkiverse.posthog.benchmarks.JavaProcesses;
import io.quarkiverse.posthog.benchmarks.Report;

/** Compares capturing with this extension and with PostHog's own SDK, in one run, and reports it as AsciiDoc. */
public final class CaptureComparison {

    /** The usage message for invalid arguments. */
    public static final String USAGE = "capture [--only=load,caller,faults] [--events=1000000] [--report=file]";

    private final Processes processes;
    private final Report report = new Report();

    public CaptureComparison(JavaProcesses java) {
        processes = new Processes(java);
    }

    public void run(List<String> options) throws Exception {
        Set<String> parts = Set.of("load", "caller", "faults");
        int events = 1_000_000;
        Path file = null;
        for (String option : options) {
            String value = option.substring(option.indexOf('=') + 1);
            if (option.startsWith("--only=")) {
                parts = Set.of(value.split(","));
            } else if (option.startsWith("--events=")) {
                events = Integer.parseInt(value);
            } else if (option.startsWith("--report=")) {
                file = Path.of(value);
            } else {
                throw new IllegalArgumentException("Usage: " + USAGE);
            }
        }
        if (parts.contains("load")) {
            new LoadComparison(processes, report).run(events);
        }
        if (parts.contains("caller")) {
            new CallerComparison(processes, report).run();
        }
        if (parts.contains("faults")) {
            new FaultComparison(processes, report).run();
        }
        if (file != null) {
            Files.writeString(file, report.text());
        }
    }
}
