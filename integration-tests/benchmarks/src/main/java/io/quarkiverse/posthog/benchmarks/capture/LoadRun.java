package io.quarkiverse.posthog.benchmarks.capture;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;

import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.benchmarks.sink.SinkControl;
import io.quarkiverse.posthog.benchmarks.sink.SinkCount;
import io.quarkiverse.posthog.benchmarks.sink.SinkTraffic;

/** Captures events as fast as possible with a sink that accepts all requests. */
record LoadRun(Library library, Map<String, String> settings, URI sink, int producers, int warmUp,
        int events) implements ClientRun {

    /** A queue without a limit must fit into the heap. */
    private static final int ROUND = 500_000;

    @Override
    public LoadResult run(PostHogAccounts accounts) throws Exception {
        SinkControl control = new SinkControl(sink);
        try (CaptureClient client = library.open(accounts, sink, settings)) {
            for (int done = 0; done < warmUp; done += ROUND) {
                Producers.run(client, producers, events + done, Math.min(ROUND, warmUp - done));
                Settling.await(client, control);
                control.reset();
            }
            return measure(client, control);
        }
    }

    private LoadResult measure(CaptureClient client, SinkControl control) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (HeapWatch heap = new HeapWatch()) {
            long cpu = system.getProcessCpuTime();
            long start = System.currentTimeMillis();
            Producers.run(client, producers, 0, events);
            long captured = System.currentTimeMillis();
            SinkTraffic traffic = Settling.await(client, control);
            double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
            SinkCount count = control.count(events);
            return new LoadResult(events, count.numbers(), (captured - start) / 1e3, (traffic.last() - start) / 1e3, cpuSeconds,
                    heap.peak(), heap.peakAfterCollection(), traffic.requests(), traffic.bytes());
        }
    }
}
