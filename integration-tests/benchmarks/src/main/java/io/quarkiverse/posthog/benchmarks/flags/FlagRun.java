package io.quarkiverse.posthog.benchmarks.flags;

import java.util.Arrays;
import java.util.List;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Runs {@link FlagBenchmark} in a process without Quarkus, from which JMH can fork, and prints the results as JSON. */
final class FlagRun {

    private FlagRun() {
    }

    public static void main(String[] scenarios) throws Exception {
        List<FlagResult> results = new Runner(new OptionsBuilder().include(FlagBenchmark.class.getName())
                .param("scenario", scenarios.length > 0 ? scenarios
                        : Arrays.stream(Scenario.values()).map(Scenario::name).toArray(String[]::new))
                .addProfiler(GCProfiler.class).verbosity(VerboseMode.SILENT).shouldFailOnError(true).build()).run()
                .stream()
                .map(result -> new FlagResult(result.getParams().getParam("library"),
                        Scenario.valueOf(result.getParams().getParam("scenario")), result.getPrimaryResult().getScore(),
                        result.getSecondaryResults().get("gc.alloc.rate.norm").getScore()))
                .toList();
        new ObjectMapper().writeValue(System.out, results);
    }
}
