package io.quarkiverse.posthog.benchmarks.capture;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.benchmarks.Report;

/** Measures the overhead of capturing an event for the calling thread, with JMH. */
final class CallerComparison {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Processes processes;
    private final Report report;

    CallerComparison(Processes processes, Report report) {
        this.processes = processes;
        this.report = report;
    }

    void run() throws Exception {
        Map<Library, CallerResult> results = measure();
        report.table("Overhead of capturing an event for the caller", "4,>2,>2,>1", "", "quarkus-posthog", "posthog-server",
                "Ratio");
        row("Nanoseconds per event, median", results, CallerResult::nanos);
        row("CPU nanoseconds per event", results, CallerResult::cpuNanos);
        row("Bytes allocated per event", results, CallerResult::bytes);
        report.end(("JMH: batches of %,d events with six properties, each event created with a builder. No events are "
                + "sent during the measurement, and the work of other threads is not included.")
                .formatted(CallerBenchmark.BATCH));
    }

    private void row(String title, Map<Library, CallerResult> results, ToDoubleFunction<CallerResult> figure) {
        double ours = figure.applyAsDouble(results.get(Library.QUARKUS_POSTHOG));
        double theirs = figure.applyAsDouble(results.get(Library.POSTHOG_SERVER));
        report.row(title, Report.decimal(ours), Report.decimal(theirs), Report.ratio(ours, theirs));
    }

    private Map<Library, CallerResult> measure() throws Exception {
        try (SinkProcess sink = new SinkProcess(processes)) {
            Process process = processes.start(CallerRun.class, List.of(), sink.url().toString());
            try {
                return MAPPER.readValue(process.getInputStream(), new TypeReference<>() {
                });
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
