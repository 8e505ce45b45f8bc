package io.quarkiverse.posthog.benchmarks.capture;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.quarkiverse.posthog.benchmarks.Report;

/** Compares throughput, CPU time and memory with a sink that accepts all requests. */
final class LoadComparison {

    private static final int[] PRODUCERS = { 1, 4 };

    /** The number of warm-up events, after which the compiler is idle. Its work would be included in the CPU time. */
    private static final int WARM_UP = 3_000_000;

    private static final String HEAP = "1g";

    /** The heap that is documented as sufficient. */
    private static final String SMALL_HEAP = "64m";

    /** The settings of both libraries: the defaults of the extension. */
    private static final Map<Library, Map<String, String>> SETTINGS = Map.of(
            Library.QUARKUS_POSTHOG, Map.of("capture.queue.overflow", "reject"),
            Library.POSTHOG_SERVER, Map.of("flushAt", "100", "maxBatchSize", "100", "maxQueueSize", "10000",
                    "flushIntervalSeconds", "5"));

    private final Processes processes;
    private final Report report;

    LoadComparison(Processes processes, Report report) {
        this.processes = processes;
        this.report = report;
    }

    void run(int events) throws Exception {
        report.table("Capturing %,d events with six properties".formatted(events), "4,>2,>2,>1", "", "quarkus-posthog",
                "posthog-server", "Ratio");
        for (int producers : PRODUCERS) {
            Map<Library, LoadResult> results = new EnumMap<>(Library.class);
            for (Library library : Library.values()) {
                results.put(library, measure(library, producers, events, HEAP));
            }
            String suffix = producers == 1 ? ", 1 producer" : ", " + producers + " producers";
            row("Events per second" + suffix, results, LoadResult::eventsPerSecond);
            row("CPU seconds per million events" + suffix, results, LoadResult::cpuSecondsPerMillion);
            row("Maximum heap usage, including garbage, MiB" + suffix, results, result -> result.heap() / 1048576.0);
            row("Maximum heap usage after a garbage collection, MiB" + suffix, results,
                    result -> result.heapAfterCollection() / 1048576.0);
            row("Bytes on the wire per event" + suffix, results, LoadResult::bytesPerEvent);
            count("Requests" + suffix, results, LoadResult::requests);
            count("Events lost" + suffix, results, LoadResult::lost);
        }
        LoadResult small = measure(Library.QUARKUS_POSTHOG, 1, events, SMALL_HEAP);
        report.row("Events per second with `-Xmx" + SMALL_HEAP + "`, 1 producer", Report.decimal(small.eventsPerSecond()), "",
                "");
        report.row("Events lost with `-Xmx" + SMALL_HEAP + "`, 1 producer", small.lost(), "", "");
        report.end(
                """
                        Each figure is from its own process with `-Xmx%s`, after %,d events to warm up. Both libraries \
                        send batches from 100 events on, compressed with gzip, to a server on the same machine, which \
                        stores the requests and counts the events after the measurement. quarkus-posthog sends up to 500 \
                        events per request if events are captured faster than they are sent. The queue of quarkus-posthog \
                        contains up to 10,000 events, and the producers wait when `capture` returns empty because the \
                        queue is full. posthog-server does not report a full queue: captured events wait in front of its \
                        queue, without a limit."""
                        .formatted(HEAP, WARM_UP));
    }

    private LoadResult measure(Library library, int producers, int events, String heap) throws Exception {
        try (SinkProcess sink = new SinkProcess(processes)) {
            LoadRun run = new LoadRun(library, SETTINGS.get(library), sink.url(), producers, WARM_UP, events);
            return processes.run(run, heap, LoadResult.class);
        }
    }

    private void row(String title, Map<Library, LoadResult> results, ToDoubleFunction<LoadResult> figure) {
        double ours = figure.applyAsDouble(results.get(Library.QUARKUS_POSTHOG));
        double theirs = figure.applyAsDouble(results.get(Library.POSTHOG_SERVER));
        report.row(title, Report.decimal(ours), Report.decimal(theirs), Report.ratio(ours, theirs));
    }

    private void count(String title, Map<Library, LoadResult> results, ToLongFunction<LoadResult> figure) {
        report.row(title, figure.applyAsLong(results.get(Library.QUARKUS_POSTHOG)),
                figure.applyAsLong(results.get(Library.POSTHOG_SERVER)), "");
    }
}
