package io.quarkiverse.posthog.benchmarks.cost;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.posthog.benchmarks.Report;

/** Compares an application that uses the extension with the same application without it. */
public final class CostComparison {

    /** The usage message for invalid arguments. */
    public static final String USAGE = "cost <folder of the applications> [--report=file]";

    private static final int STARTS = 15;
    private static final int WARM_UP = 200_000;
    private static final int SLICES = 25;
    private static final int REQUESTS = 40_000;

    /** The folders of the applications. The application with the extension is the last one. */
    private static final List<String> APPLICATIONS = List.of("bare", "rest-client", "posthog");

    private final Report report = new Report();
    private final Map<String, Figures> figures = new LinkedHashMap<>();

    public CostComparison() {
        APPLICATIONS.forEach(application -> figures.put(application, new Figures()));
    }

    public void run(List<String> options) throws Exception {
        if (options.isEmpty()) {
            throw new IllegalArgumentException("Usage: " + USAGE);
        }
        Path folder = Path.of(options.get(0));
        for (int i = 0; i < STARTS; i++) {
            for (String application : APPLICATIONS) {
                start(runner(folder, application), figures.get(application));
            }
        }
        requests(folder);
        report.table("Overhead of the extension", "4,>2,>2,>2,>1,>1", "", "Quarkus REST only", "with REST client",
                "with extension", "Ratio to Quarkus REST only", "Ratio to REST client");
        row("Startup time, ms", "start");
        row("CPU time of the startup, ms", "start-cpu");
        row("Resident memory after the first request, MiB", "memory");
        row("Threads", "threads");
        row("Connections to PostHog", "connections");
        row("Requests per second", "throughput");
        row("CPU microseconds per request", "cpu");
        report.end(("Medians of %d alternating starts of each application, and of %d alternating slices of %,d requests "
                + "each, after %,d requests to warm up, over 32 persistent connections. All applications return a "
                + "greeting. The first application uses only Quarkus REST. The second also uses the REST client of "
                + "Quarkus with Jackson, which the extension requires. The third uses the extension with an account "
                + "that is injected but not used in these requests. The requests have the tracing headers of PostHog's "
                + "browser SDK. CPU time is the CPU time of the application, which other processes on the machine "
                + "affect less than the other figures.").formatted(STARTS, SLICES, REQUESTS, WARM_UP));
        for (String option : options.subList(1, options.size())) {
            if (option.startsWith("--report=")) {
                Files.writeString(Path.of(option.substring("--report=".length())), report.text());
            }
        }
    }

    private static Path runner(Path folder, String application) {
        return folder.resolve(application).resolve("target/quarkus-app/quarkus-run.jar");
    }

    private static void start(Path runner, Figures figures) throws Exception {
        try (HelloProcess hello = HelloProcess.start(runner)) {
            figures.add("start-cpu", hello.cpu().toMillis());
            figures.add("start", hello.startMillis());
            figures.add("memory", hello.residentMegabytes());
            figures.add("threads", hello.threads());
            figures.add("connections", hello.connections());
        }
    }

    private void requests(Path folder) throws Exception {
        Map<String, HelloProcess> processes = new LinkedHashMap<>();
        try (LoadGenerator load = new LoadGenerator()) {
            for (String application : APPLICATIONS) {
                processes.put(application, HelloProcess.start(runner(folder, application)));
                load.run(processes.get(application).port(), "/hello", WARM_UP);
            }
            for (int i = 0; i < SLICES; i++) {
                for (String application : APPLICATIONS) {
                    slice(processes.get(application), load, figures.get(application));
                }
            }
        } finally {
            for (HelloProcess process : processes.values()) {
                process.close();
            }
        }
    }

    private static void slice(HelloProcess hello, LoadGenerator load, Figures figures) throws Exception {
        long cpu = hello.cpu().toNanos();
        figures.add("throughput", load.run(hello.port(), "/hello", REQUESTS));
        figures.add("cpu", (hello.cpu().toNanos() - cpu) / 1e3 / REQUESTS);
    }

    private void row(String title, String figure) {
        double neither = figures.get("bare").median(figure);
        double restClient = figures.get("rest-client").median(figure);
        double extension = figures.get("posthog").median(figure);
        report.row(title, Report.decimal(neither), Report.decimal(restClient), Report.decimal(extension),
                Report.ratio(extension, neither), Report.ratio(extension, restClient));
    }

    /** Measured values by the name of the measurement. */
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
