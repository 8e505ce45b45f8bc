package io.quarkiverse.posthog.benchmarks.tracking;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.benchmarks.JavaProcesses;
import io.quarkiverse.posthog.benchmarks.Report;

/** Compares creating an event with a tracking plan and with the builder, and reports it as AsciiDoc. */
public final class TypedEventsComparison {

    /** The argument that starts it. */
    public static final String ARGUMENT = "typed-events";

    private final JavaProcesses processes;

    public TypedEventsComparison(JavaProcesses processes) {
        this.processes = processes;
    }

    public void run() throws Exception {
        Process process = processes.start(TypedEventsRun.class, List.of());
        try {
            Map<String, double[]> results = new ObjectMapper().readValue(process.getInputStream(), new TypeReference<>() {
            });
            Report report = new Report();
            report.table("Creating an event", "2,>1,>1,>1", "", "Nanoseconds, median", "90 %", "Bytes");
            results.forEach((form, figures) -> report.row(form, Report.decimal(figures[0]), Report.decimal(figures[1]),
                    Report.decimal(figures[2])));
            report.end("JMH: single calls in three processes, for an event with six properties and a group.");
        } finally {
            process.destroyForcibly();
        }
    }
}
