package io.quarkiverse.posthog.benchmarks.flags;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.benchmarks.JavaProcesses;
import io.quarkiverse.posthog.benchmarks.Report;

/** Compares evaluating flags with this extension and with PostHog's own SDK, in one run, and reports it as AsciiDoc. */
public final class FlagComparison {

    /** The usage message for invalid arguments. */
    public static final String USAGE = "flags [--only=ONE_OF_1,ALL_OF_1000,...] [--report=file]";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JavaProcesses processes;
    private final Report report = new Report();

    public FlagComparison(JavaProcesses processes) {
        this.processes = processes;
    }

    public void run(List<String> options) throws Exception {
        List<String> scenarios = new ArrayList<>();
        Path file = null;
        for (String option : options) {
            String value = option.substring(option.indexOf('=') + 1);
            if (option.startsWith("--only=")) {
                scenarios.addAll(List.of(value.split(",")));
            } else if (option.startsWith("--report=")) {
                file = Path.of(value);
            } else {
                throw new IllegalArgumentException("Usage: " + USAGE);
            }
        }
        List<FlagResult> results = measure(scenarios);
        report.table("Evaluating feature flags with definitions in memory", "4,>2,>2,>1,>2,>2,>1", "", "quarkus-posthog, ns",
                "posthog-server, ns", "Ratio", "quarkus-posthog, bytes", "posthog-server, bytes", "Ratio");
        for (Scenario scenario : Scenario.values()) {
            FlagResult ours = find(results, "QUARKUS_POSTHOG", scenario);
            FlagResult theirs = find(results, "POSTHOG_SERVER", scenario);
            if (ours != null && theirs != null) {
                report.row(scenario.title, Report.decimal(ours.nanos()), Report.decimal(theirs.nanos()),
                        Report.ratio(theirs.nanos(), ours.nanos()), Report.decimal(ours.bytes()),
                        Report.decimal(theirs.bytes()), Report.ratio(theirs.bytes(), ours.bytes()));
            }
        }
        report.end("JMH, mean of five seconds, with the public API of each library, for 4,096 persons in turn with three "
                + "properties each, without exposures. The set of all flags consists in equal parts of rollouts, "
                + "properties, variants, cohorts and flags that depend on another flag. posthog-server has no method "
                + "for all flags, so its flags are evaluated one after the other. The ratio is the figure of "
                + "posthog-server divided by the figure of quarkus-posthog.");
        if (file != null) {
            Files.writeString(file, report.text());
        }
    }

    private static FlagResult find(List<FlagResult> results, String library, Scenario scenario) {
        return results.stream().filter(result -> result.library().equals(library) && result.scenario() == scenario).findFirst()
                .orElse(null);
    }

    private List<FlagResult> measure(List<String> scenarios) throws Exception {
        Process process = processes.start(FlagRun.class, List.of(), scenarios.toArray(String[]::new));
        try {
            return MAPPER.readValue(process.getInputStream(), new TypeReference<>() {
            });
        } finally {
            process.destroyForcibly();
        }
    }
}
