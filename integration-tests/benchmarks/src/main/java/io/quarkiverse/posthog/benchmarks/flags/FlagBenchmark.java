package io.quarkiverse.posthog.benchmarks.flags;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import io.quarkiverse.posthog.benchmarks.StartedApplication;

/** Measures local evaluation with definitions in memory, through the public API of each library. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = { "-Xmx1g", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager" })
@State(Scope.Benchmark)
public class FlagBenchmark {

    @Param({ "QUARKUS_POSTHOG", "POSTHOG_SERVER" })
    public String library;

    @Param("")
    public String scenario;

    private DefinitionServer server;
    private FlagClient client;
    private Scenario measured;
    private int person;

    @Setup
    public void load() throws Exception {
        measured = Scenario.valueOf(scenario);
        server = new DefinitionServer(SampleFlags.json(measured.loaded));
        client = library.equals("QUARKUS_POSTHOG") ? new QuarkusPostHogFlags(StartedApplication.accounts(), server.url())
                : new PostHogServerFlags(server.url(), measured.loaded);
        if (client.all(Person.id(0)) != measured.loaded) {
            throw new IllegalStateException(library + " does not evaluate all flags of " + measured);
        }
    }

    @Benchmark
    public Object evaluate() {
        return measured.evaluate(client, Person.id(person++));
    }

    @TearDown
    public void close() {
        server.close();
    }
}
