package io.quarkiverse.posthog.benchmarks.tracking;

import java.util.Map;
import java.util.TreeMap;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Runs {@link TypedEventsBenchmark} in a process without Quarkus, from which JMH can fork, and prints the results as JSON. */
final class TypedEventsRun {

    private TypedEventsRun() {
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, double[]> results = new TreeMap<>();
        for (RunResult result : new Runner(new OptionsBuilder().include(TypedEventsBenchmark.class.getName())
                .addProfiler(GCProfiler.class).verbosity(VerboseMode.SILENT).shouldFailOnError(true).build()).run()) {
            results.put(result.getPrimaryResult().getLabel(), new double[] {
                    result.getPrimaryResult().getStatistics().getPercentile(50),
                    result.getPrimaryResult().getStatistics().getPercentile(90),
                    result.getSecondaryResults().get("gc.alloc.rate.norm").getScore() });
        }
        new ObjectMapper().writeValue(System.out, results);
    }
}
