package io.quarkiverse.posthog.benchmarks.cost;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.posthog.benchmarks.Report;

/** What the extension costs an application that has it, side by side with the same application without it. */
public final class CostComparison {

    /** The arguments, for those who got them wrong. */
    public static final String USAGE = "cost <bare>/quarkus-run.jar <posthog>/quarkus-run.jar [--report=file]";

    private static final int STARTS = 15;
    private static final int WARM_UP = 200_000;
    private static final int SLICES = 25;
    private static final int REQUESTS = 40_000;

    private final Report report = new Report();

    public void run(List<String> options) throws Exception {
        if (options.size() < 2) {
            throw new IllegalArgumentException("Usage: " + USAGE);
        }
        Path bare = Path.of(options.get(0));
        Path posthog = Path.of(options.get(1));
        report.table("What the extension costs", "4,>2,>2,>1", "", "with", "without", "Ratio");
        starts(bare, posthog);
        requests(bare, posthog);
        report.end(("Medians of %d starts of each application in turn, and of %d slices of %,d requests each in turn after %,d "
                + "to warm up, over 32 connections that are kept. Both applications say hello; one has the extension with an "
                + "account that is injected, but not used in these requests. The requests have the headers by which PostHog's "
                + "browser library tells who makes them. CPU time is that of the application, and less disturbed by what else "
                + "the machine does.").formatted(STARTS, SLICES, REQUESTS, WARM_UP));
        for (String option : options.subList(2, options.size())) {
            if (option.startsWith("--report=")) {
                Files.writeString(Path.of(option.substring("--report=".length())), report.text());
            }
        }
    }

    private void starts(Path bare, Path posthog) throws Exception {
        Figures with = new Figures();
        Figures without = new Figures();
        for (int i = 0; i < STARTS; i++) {
            start(bare, without);
            start(posthog, with);
        }
        row("Start-up, ms", "start", with, without);
        row("Resident memory after the first request, MiB", "memory", with, without);
        row("Threads", "threads", with, without);
        row("Connections to PostHog", "connections", with, without);
    }

    private static void start(Path runner, Figures figures) throws Exception {
        try (HelloProcess hello = HelloProcess.start(runner)) {
            figures.add("start", hello.startMillis());
            figures.add("memory", hello.residentMegabytes());
            figures.add("threads", hello.threads());
            figures.add("connections", hello.connections());
        }
    }

    private void requests(Path bare, Path posthog) throws Exception {
        Figures with = new Figures();
        Figures without = new Figures();
        try (HelloProcess plain = HelloProcess.start(bare);
                HelloProcess extended = HelloProcess.start(posthog);
                LoadGenerator load = new LoadGenerator()) {
            load.run(plain.port(), "/hello", WARM_UP);
            load.run(extended.port(), "/hello", WARM_UP);
            for (int i = 0; i < SLICES; i++) {
                slice(plain, load, without);
                slice(extended, load, with);
            }
        }
        row("Requests per second", "throughput", with, without);
        row("CPU microseconds per request", "cpu", with, without);
    }

    private static void slice(HelloProcess hello, LoadGenerator load, Figures figures) throws Exception {
        long cpu = hello.cpu().toNanos();
        figures.add("throughput", load.run(hello.port(), "/hello", REQUESTS));
        figures.add("cpu", (hello.cpu().toNanos() - cpu) / 1e3 / REQUESTS);
    }

    private void row(String title, String figure, Figures with, Figures without) {
        report.row(title, Report.decimal(with.median(figure)), Report.decimal(without.median(figure)),
                Report.ratio(with.median(figure), without.median(figure)));
    }

    /** Measured values, by what was measured. */
    private static final class Figures {

        private final Map<String, List<Double>> values = new LinkedHashMap<>();

        void add(String figure, double value) {
            values.computeIfAbsent(figure, key -> new ArrayList<>()).add(value);
        }

        double median(String figure) {
            List<Double> sorted = values.get(figure).stream().sorted().toList();
            return sorted.get(sorted.size() / 2);
        }
    }
}
