package io.quarkiverse.posthog.benchmarks.tracking;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.EventCapture;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.benchmarks.StartedApplication;

/**
 * Measures the creation of an event with a tracking plan and with the builder. The account opts out, so that the queue, which
 * is the same for both, is not measured. The median of single calls does not depend on other processes.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgs = { "-Xmx1g", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager" })
@State(Scope.Benchmark)
public class TypedEventsBenchmark {

    private EventCapture account;
    private OrderEvents events;
    private String company;
    private long number;

    @Setup
    public void open() throws ReflectiveOperationException {
        PostHog opened = StartedApplication.accounts().open("benchmark",
                AccountSettings.create().projectApiKey("phc_benchmark"));
        opened.optOut();
        account = opened;
        company = ManagementFactory.getRuntimeMXBean().getName();
        // The bean belongs to an account of the configuration, which this application does not have
        events = (OrderEvents) Class.forName(OrderEvents.class.getName() + "_TypedEvents").getConstructor(EventCapture.class)
                .newInstance(account);
    }

    @Benchmark
    public Optional<UUID> builder() {
        return account.capture(CaptureEvent.of("order placed", "customer-1")
                .property("plan", "professional")
                .property("page", "/checkout")
                .property("items", 3)
                .property("number", number++)
                .property("firstOrder", true)
                .property("total", 49.99)
                .group("company", company));
    }

    @Benchmark
    public Optional<UUID> typed() {
        return events.orderPlaced("customer-1", "professional", "/checkout", 3, number++, true, 49.99, company);
    }
}
