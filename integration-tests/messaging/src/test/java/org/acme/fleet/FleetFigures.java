package org.acme.fleet;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.acme.fleet.FleetTest.Resource;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;

/**
 * Compares direct delivery with delivery through a broker: the requests to PostHog of many instances, and the throughput and
 * CPU
 * time of one instance. Run it with {@code -Dfleet.figures=true}. Each instance is an account with the default settings.
 */
abstract class FleetFigures {

    static final String ENABLED = "fleet.figures";

    private static final int INSTANCES = Integer.getInteger("fleet.instances", 1_000);
    private static final int EVENTS = Integer.getInteger("fleet.events", 100_000);
    private static final int WARM_UP = 20_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int STARTED_SECONDS = 20;
    private static final int MEASURED_SECONDS = 60;

    private final HttpClient http = HttpClient.newHttpClient();

    @Inject
    PostHogAccounts accounts;

    private Process server;
    private Process consumer;
    private String url;

    @Test
    void compareWithDirectDelivery() throws Exception {
        Path address = Resource.running.broker.directory.resolve("posthog");
        server = Broker.run(Resource.running.broker.directory.resolve("posthog.log"), Map.of(), List.of(Broker.JAVA, "-cp",
                "target/test-classes", CountingServer.class.getName(), address.toString()));
        try {
            await().atMost(LIMIT).until(() -> Files.exists(address) && !Files.readString(address).isEmpty());
            url = Files.readString(address);
            consumer = Resource.running.broker.startConsumer(url, List.of("-Dquarkus.posthog.capture.flush-interval=5s",
                    "-Dquarkus.posthog.capture.compression=gzip"));
            Path log = Resource.running.broker.directory.resolve(Broker.CONSUMER_LOG);
            await().atMost(LIMIT).until(() -> Files.readString(log).contains(Resource.running.broker.consumerReady()));

            System.out.printf("%s: requests to PostHog per minute of %,d instances with 1 event per second: %,d direct, %,d "
                    + "with the broker%n", getClass().getSimpleName(), INSTANCES, requests(false), requests(true));
            System.out.printf("%s: %,d events, direct: %s%n", getClass().getSimpleName(), EVENTS, load(false));
            System.out.printf("%s: %,d events, with the broker: %s%n", getClass().getSimpleName(), EVENTS, load(true));
        } finally {
            server.destroyForcibly().waitFor();
            if (consumer != null) {
                consumer.destroyForcibly().waitFor();
            }
        }
    }

    private PostHog open(String name, boolean withBroker) {
        return accounts.open(name, AccountSettings.create().projectApiKey("phc_fleet").host(URI.create(url))
                .set("capture.channel", withBroker ? "captured" : null)
                .set("capture.flush-interval", "5s").set("capture.compression", "gzip"));
    }

    private long requests(boolean withBroker) throws Exception {
        List<PostHog> instances = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            instances.add(open("instance-" + withBroker + i, withBroker));
        }
        long before = 0;
        for (int second = 0; second < STARTED_SECONDS + MEASURED_SECONDS; second++) {
            long end = System.nanoTime() + 1_000_000_000;
            if (second == STARTED_SECONDS) {
                before = count(0);
            }
            for (PostHog instance : instances) {
                instance.capture(CaptureEvent.of("purchase", "user-1").property("amount", 49.99)).orElseThrow();
            }
            Thread.sleep(Math.max(0, (end - System.nanoTime()) / 1_000_000));
        }
        long requests = (count(0) - before) * 60 / MEASURED_SECONDS;
        for (PostHog instance : instances) {
            accounts.close(instance.account());
        }
        return requests;
    }

    private String load(boolean withBroker) throws Exception {
        PostHog instance = open("load-" + withBroker, withBroker);
        capture(instance, WARM_UP);
        long[] before = cpuMillis();
        long start = System.nanoTime();
        capture(instance, EVENTS);
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] after = cpuMillis();
        accounts.close(instance.account());
        return "%,.0f events per second; CPU time per 1,000 events: %.1f ms capturing, %.1f ms delivering, %.1f ms broker"
                .formatted(EVENTS / seconds, (after[0] - before[0]) * 1e3 / EVENTS, (after[1] - before[1]) * 1e3 / EVENTS,
                        (after[2] - before[2]) * 1e3 / EVENTS);
    }

    /** Captures events as fast as possible, and waits until PostHog has received them. */
    private void capture(PostHog instance, int count) throws Exception {
        long expected = count(1) + count;
        for (int i = 0; i < count; i++) {
            while (i % 100 == 0 && instance.captureStatus().queued() > 9_000) {
                Thread.sleep(1);
            }
            instance.capture(CaptureEvent.of("purchase", "user-" + i % 100).property("amount", 49.99)
                    .property("currency", "EUR").property("plan", "pro").property("items", i % 10)).orElseThrow();
        }
        instance.flush().await().indefinitely();
        while (count(1) < expected) {
            Thread.sleep(20);
        }
    }

    /** @return the CPU time of this process, of the process that delivers, and of the broker */
    private long[] cpuMillis() {
        return new long[] { cpuMillis(Stream.of(ProcessHandle.current())), cpuMillis(Stream.of(consumer.toHandle())),
                cpuMillis(Resource.running.broker.processes()) };
    }

    private static long cpuMillis(Stream<ProcessHandle> processes) {
        return processes.mapToLong(process -> process.info().totalCpuDuration().orElseThrow().toMillis()).sum();
    }

    /** @param index 0 for requests, 1 for events */
    private long count(int index) throws Exception {
        return Long.parseLong(http.send(HttpRequest.newBuilder(URI.create(url + "/counts")).build(),
                HttpResponse.BodyHandlers.ofString()).body().split(" ")[index]);
    }
}
