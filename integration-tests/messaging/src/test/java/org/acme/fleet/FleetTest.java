package org.acme.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/**
 * This application captures events to a channel, and another process delivers them. Meanwhile, that process is killed, the
 * broker is killed, and PostHog is not available.
 */
abstract class FleetTest {

    private static final int EVENTS = Integer.getInteger("fleet.events", 5_000);
    /** The number of events that are captured without a broker, which are all kept in memory. */
    private static final int KEPT = 5_000;
    private static final int MAX_QUEUED = 9_000;
    private static final Duration OUTAGE = Duration.ofSeconds(EVENTS < 100_000 ? 2 : 10);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Inject
    PostHog posthog;

    @Inject
    Rejected rejected;

    /** The captured events by distinct ID. */
    private final Map<String, List<UUID>> order = new HashMap<>();

    @Test
    @Tag("MSG-1")
    @Tag("MSG-3")
    @Tag("MSG-9")
    void everyEventReachesPostHogOnce() throws Exception {
        PostHogServer server = new PostHogServer();
        Resource resource = Resource.running;
        Process consumer = resource.broker.startConsumer(server.url(), List.of());
        Set<UUID> captured = new HashSet<>();
        long start = System.nanoTime();
        try {
            Path log = resource.broker.directory.resolve(Broker.CONSUMER_LOG);
            // RabbitMQ drops the messages of an exchange that has no queue yet
            await().atMost(LIMIT).until(() -> Files.readString(log).contains(resource.broker.consumerReady()));
            posthog.capture(CaptureEvent.of(PostHogServer.INVALID, "zoey")).orElseThrow();
            capture(captured, EVENTS / 5);
            await().atMost(LIMIT).until(() -> server.events.size() >= EVENTS / 5);
            assertThat(server.order).allSatisfy((person, uuids) -> assertThat(uuids).isEqualTo(order.get(person)));
            await().atMost(LIMIT).until(() -> !rejected.messages().isEmpty());
            assertThat(rejected.messages()).hasSize(1).first().asString().contains("\"" + PostHogServer.INVALID + "\"");

            capture(captured, EVENTS / 5);

            consumer.destroyForcibly().waitFor();
            capture(captured, EVENTS / 5);
            consumer = resource.broker.startConsumer(server.url(), List.of());
            int before = server.events.size();
            await().atMost(LIMIT).until(() -> server.events.size() > before);

            // Otherwise, they do not fit into memory with those that are captured next
            await().atMost(LIMIT).until(() -> posthog.captureStatus().queued() < MAX_QUEUED - KEPT);
            resource.broker.kill();
            capture(captured, Math.min(EVENTS / 5, KEPT));
            assertThat(posthog.captureStatus().queued()).as("events that the broker has not stored").isPositive();
            resource.broker.start();

            server.status = 503;
            capture(captured, EVENTS - captured.size());
            Thread.sleep(OUTAGE.toMillis());
            server.status = 200;

            await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> server.events.size() >= EVENTS);
            assertThat(server.events.keySet()).isEqualTo(captured);
            assertThat(server.events.values()).as("events with the same UUID").allSatisfy(same -> assertThat(same).hasSize(1));
            assertThat(server.failed.get()).as("requests during the outage of PostHog").isPositive();
            await().atMost(LIMIT).until(() -> posthog.captureStatus().queued() == 0);
            CaptureStatus status = posthog.captureStatus();
            assertThat(status.totalDropped()).isZero();
            assertThat(status.delivered()).isEqualTo(EVENTS + 1);
            System.out.printf("%s: %d events in %.1f s, %d received by PostHog, %d failed requests%n",
                    getClass().getSimpleName(), EVENTS, (System.nanoTime() - start) / 1e9, server.received.get(),
                    server.failed.get());
        } finally {
            consumer.destroyForcibly().waitFor();
            server.close();
        }
    }

    private void capture(Set<UUID> captured, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            while (posthog.captureStatus().queued() > MAX_QUEUED) {
                Thread.sleep(20);
            }
            String person = "user-" + i % 100;
            UUID uuid = posthog.capture(CaptureEvent.of("event " + i, person)).orElseThrow();
            captured.add(uuid);
            order.computeIfAbsent(person, id -> new ArrayList<>()).add(uuid);
        }
    }

    /** Starts a broker before the application. */
    abstract static class Resource implements QuarkusTestResourceLifecycleManager {

        static Resource running;

        final Broker broker;

        Resource(Broker broker) {
            this.broker = broker;
        }

        @Override
        public Map<String, String> start() {
            try {
                broker.start();
            } catch (Exception e) {
                throw new IllegalStateException("The broker does not start; see " + broker.directory, e);
            }
            return new HashMap<>(broker.producer());
        }

        @Override
        public void inject(Object test) {
            running = this;
        }

        @Override
        public void stop() {
            try {
                broker.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
