package io.quarkiverse.posthog.benchmarks.capture;

import java.util.EnumMap;
import java.util.Map;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Runs {@link CallerBenchmark} in a process without Quarkus, from which JMH can fork, and prints the results as JSON. */
final class CallerRun {

    private CallerRun() {
    }

    /** @param arguments the URL of the sink */
    public static void main(String[] arguments) throws Exception {
        Map<Library, CallerResult> results = new EnumMap<>(Library.class);
        for (RunResult result : new Runner(new OptionsBuilder().include(CallerBenchmark.class.getName())
                .param("sink", arguments[0]).verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true).build()).run()) {
            // A single shot is a batch, and the counters are sums
            double batches = result.getParams().getMeasurement().getCount() * (double) result.getParams().getForks();
            results.put(Library.valueOf(result.getParams().getParam("library")), new CallerResult(
                    result.getPrimaryResult().getStatistics().getPercentile(50) / CallerBenchmark.BATCH,
                    result.getSecondaryResults().get("cpuNanos").getScore() / batches / CallerBenchmark.BATCH,
                    result.getSecondaryResults().get("allocatedBytes").getScore() / batches / CallerBenchmark.BATCH));
        }
        new ObjectMapper().writeValue(System.out, results);
    }
}
