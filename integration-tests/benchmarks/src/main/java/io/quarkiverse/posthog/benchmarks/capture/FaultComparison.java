package io.quarkiverse.posthog.benchmarks.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.quarkiverse.posthog.benchmarks.Report;

/** Compares the events that are lost during faults. */
final class FaultComparison {

    private static final String HEAP = "512m";
    private static final int SECONDS = 30;

    /** The rate at which the default queue of 10,000 events covers an outage of 10 seconds and the delay of the next retry. */
    private static final int CALM = 500;

    /** A rate that exceeds the capacity of the queue during an outage of 10 seconds. */
    private static final int BUSY = 2_000;

    private static final int FULL_QUEUE = 10_000;

    private static final Contestant DEFAULTS = new Contestant(Library.QUARKUS_POSTHOG, "defaults", Map.of());
    private static final Contestant REJECTING = new Contestant(Library.QUARKUS_POSTHOG, "`queue.overflow=reject`",
            Map.of("capture.queue.overflow", "reject"));
    private static final Contestant SERVER_DEFAULTS = new Contestant(Library.POSTHOG_SERVER, "defaults", Map.of());
    private static final Contestant SERVER_TUNED = new Contestant(Library.POSTHOG_SERVER, "queue of 10,000",
            Map.of("flushAt", "100", "maxBatchSize", "100", "maxQueueSize", "10000", "flushIntervalSeconds", "5"));

    private final Processes processes;
    private final Report report;

    FaultComparison(Processes processes, Report report) {
        this.processes = processes;
        this.report = report;
    }

    void run() throws Exception {
        report.table("Lost events", "4,3,3,>2,>2,>2,>2", "Fault", "Library", "Settings", "Captured", "Accepted", "Delivered",
                "Lost");
        for (Fault fault : List.of(Fault.NONE, Fault.UNAVAILABLE, Fault.REFUSED, Fault.RATE_LIMITED)) {
            paced(fault, CALM, DEFAULTS, SERVER_DEFAULTS, SERVER_TUNED);
        }
        paced(Fault.UNAVAILABLE, BUSY, DEFAULTS, REJECTING, SERVER_TUNED);
        compare("close with a full queue", FULL_QUEUE, List.of(DEFAULTS, SERVER_DEFAULTS, SERVER_TUNED),
                (contestant, sink) -> new CloseRun(contestant.library(), contestant.settings(), sink.url(), FULL_QUEUE));
        killed();
        report.end(
                """
                        Events are captured for %d seconds at the given rate, and the fault begins after 5 seconds. The \
                        library then gets up to a minute to deliver all events. After that, it is closed and the process \
                        ends. Lost events were accepted but not delivered. posthog-server does not report which events it \
                        accepts, so all captured events are included. For `kill -9`, quarkus-posthog uses a spool at %,d \
                        events per second. The server responds with 503 before the process is killed, so that undelivered \
                        events exist, and accepts all events after the process is started again."""
                        .formatted(SECONDS, BUSY));
    }

    private void paced(Fault fault, int perSecond, Contestant... contestants) throws Exception {
        compare("%s, %,d events per second".formatted(fault.title(), perSecond), perSecond * SECONDS, List.of(contestants),
                (contestant, sink) -> new FaultRun(contestant.library(), contestant.settings(), sink.url(), fault, perSecond,
                        SECONDS));
    }

    /** Runs all libraries concurrently, because they are idle most of the time. */
    private void compare(String title, int events, List<Contestant> contestants, Runs runs) throws Exception {
        Map<Contestant, Future<Outcome>> outcomes = new LinkedHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(contestants.size());
        try {
            for (Contestant contestant : contestants) {
                Callable<Outcome> run = () -> outcome(contestant, events, runs);
                outcomes.put(contestant, threads.submit(run));
            }
            for (Map.Entry<Contestant, Future<Outcome>> outcome : outcomes.entrySet()) {
                Outcome result = outcome.getValue().get();
                row(title, outcome.getKey(), result.taken(), result.delivered());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Outcome outcome(Contestant contestant, int events, Runs runs) throws Exception {
        try (SinkProcess sink = new SinkProcess(processes)) {
            FaultResult taken = processes.run(runs.of(contestant, sink), HEAP, FaultResult.class);
            return new Outcome(taken, sink.control().count(events).numbers());
        }
    }

    private void killed() throws Exception {
        Path directory = Files.createTempDirectory("posthog-benchmark");
        try (SinkProcess sink = new SinkProcess(processes)) {
            Map<String, String> settings = Map.of("capture.spool.directory", directory.resolve("spool").toString());
            Path numbers = directory.resolve("accepted");
            Process process = processes.start(new SpooledRun(settings, sink.url(), BUSY, numbers), HEAP);
            try {
                while (!Files.exists(numbers) || Files.size(numbers) < BUSY * 5L * Integer.BYTES) {
                    Thread.sleep(50);
                }
                sink.control().fail(503, 0, 3_600_000);
                Thread.sleep(5_000);
            } finally {
                // Equivalent to "kill -9" where it is available
                process.destroyForcibly().waitFor();
            }
            int accepted = (int) (Files.size(numbers) / Integer.BYTES);
            sink.control().recover();
            processes.run(new ReplayRun(settings, sink.url()), HEAP, Object.class);
            row("kill -9, %,d events per second".formatted(BUSY),
                    new Contestant(Library.QUARKUS_POSTHOG, "`spool.directory`", settings),
                    new FaultResult(accepted, accepted), sink.control().count(accepted).numbers());
        } finally {
            delete(directory);
        }
    }

    private void row(String title, Contestant contestant, FaultResult taken, long delivered) {
        report.row(title, contestant.library().title(), contestant.title(), taken.attempted(), taken.accepted(), delivered,
                taken.accepted() - delivered);
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> found = Files.walk(directory)) {
            found.sorted(Comparator.reverseOrder()).forEach(files::add);
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private record Contestant(Library library, String title, Map<String, String> settings) {
    }

    private record Outcome(FaultResult taken, long delivered) {
    }

    private interface Runs {
        ClientRun of(Contestant contestant, SinkProcess sink);
    }
}
