package io.quarkiverse.posthog.benchmarks.capture;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import com.sun.management.ThreadMXBean;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.benchmarks.StartedApplication;
import io.quarkiverse.posthog.benchmarks.sink.SinkControl;

/**
 * Measures the cost of capturing an event for the calling thread, including the creation of the event.
 * <p>
 * Events are captured in batches that fit into the queue, and the queue is emptied between measurements: a full queue
 * would measure dropping, and concurrent sending would compete with the caller for the processor. Therefore, the libraries
 * are configured to send only on demand.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 300, batchSize = CallerBenchmark.BATCH)
@Measurement(iterations = 40, batchSize = CallerBenchmark.BATCH)
@Fork(value = 2, jvmArgs = { "-Xmx1g", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager" })
@State(Scope.Benchmark)
public class CallerBenchmark {

    static final int BATCH = 5_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final Map<Library, Map<String, String>> SEND_LATER = Map.of(
            Library.QUARKUS_POSTHOG, Map.of("capture.flush-at", "10000", "capture.flush-interval", "1H"),
            Library.POSTHOG_SERVER, Map.of("flushAt", "10000", "flushIntervalSeconds", "3600", "maxQueueSize", "10000",
                    "maxBatchSize", "100"));

    @Param({ "QUARKUS_POSTHOG", "POSTHOG_SERVER" })
    public String library;

    @Param("")
    public String sink;

    private SinkControl control;
    private CaptureClient client;
    private int captured;
    private long allocatedBefore;
    private long cpuBefore;

    /**
     * The CPU time and the allocations of the caller. JMH's allocation profiler includes all threads and the work between
     * batches, and on a busy machine, the elapsed time includes other processes.
     */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Caller {
        public long allocatedBytes;
        public long cpuNanos;
    }

    @Setup
    public void open() throws Exception {
        PostHogAccounts accounts = StartedApplication.accounts();
        Library opened = Library.valueOf(library);
        control = new SinkControl(URI.create(sink));
        control.reset();
        client = opened.open(accounts, URI.create(sink), SEND_LATER.get(opened));
    }

    @Benchmark
    public boolean capture() {
        return client.capture(new SampleEvent(captured++));
    }

    @Setup(Level.Iteration)
    public void start() {
        allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        cpuBefore = THREADS.getCurrentThreadCpuTime();
    }

    @TearDown(Level.Iteration)
    public void empty(Caller caller) throws Exception {
        caller.cpuNanos = THREADS.getCurrentThreadCpuTime() - cpuBefore;
        caller.allocatedBytes = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
        while (control.count(captured).numbers() < captured) {
            client.flush();
        }
    }
}
