package io.quarkiverse.posthog.messaging.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.messaging.EventMapper;
import io.quarkiverse.posthog.messaging.RejectedEventException;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.vertx.core.json.JsonObject;

/** The connector, with messages of all kinds. */
class ConnectorTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(PostHogServer.class))
            .overrideConfigKey("quarkus.posthog.project-api-key", "phc_test")
            .overrideConfigKey("quarkus.posthog.capture.compression", "none")
            .overrideConfigKey("quarkus.posthog.capture.flush-interval", "20ms")
            .overrideConfigKey("quarkus.posthog.capture.retry.initial-delay", "50ms")
            .overrideConfigKey("quarkus.posthog.capture.retry.max-delay", "100ms")
            .overrideConfigKey("mp.messaging.outgoing.events.connector", "quarkus-posthog")
            .overrideConfigKey("quarkus.posthog.host", "http://localhost:${posthog.test.port}")
            .setBeforeAllCustomizer(PostHogServer::choosePort);

    private static final String UUID_TEXT = "01890a5d-ac96-774b-bcce-b302099a8057";
    private static final String JSON = """
            {"event": "json", "distinct_id": "zoey", "uuid": "%s", "timestamp": "2026-01-31T13:00:00.123456+01:00",
             "properties": {"amount": 49.90, "tags": ["a", null]}, "$set": {"plan": "pro"}}""".formatted(UUID_TEXT);

    @Inject
    Sender sender;

    @BeforeEach
    void reset() {
        PostHogServer.reset();
    }

    @Test
    @Tag("MSG-4")
    void jsonOfAnyTypeIsDelivered() {
        for (Object payload : List.of(JSON, JSON.getBytes(StandardCharsets.UTF_8), new JsonObject(JSON))) {
            PostHogServer.reset();
            sender.send(payload).join();

            assertThat(PostHogServer.EVENTS).hasSize(1);
            JsonNode event = PostHogServer.EVENTS.get(0);
            assertThat(event.get("event").asText()).isEqualTo("json");
            assertThat(event.get("distinct_id").asText()).isEqualTo("zoey");
            assertThat(event.get("uuid").asText()).isEqualTo(UUID_TEXT);
            assertThat(Instant.parse(event.get("timestamp").asText())).isEqualTo("2026-01-31T12:00:00.123456Z");
            assertThat(event.at("/properties/amount").asDouble()).isEqualTo(49.9);
            assertThat(event.at("/properties/tags").toString()).isEqualTo("[\"a\",null]");
            assertThat(event.at("/properties/$set/plan").asText()).isEqualTo("pro");
        }
    }

    @Test
    @Tag("MSG-4")
    void eventsAndMappedObjectsAreDelivered() {
        UUID uuid = UUID.randomUUID();
        sender.send(CaptureEvent.of("event", "zoey").uuid(uuid)).join();
        sender.send(new ExpressOrder("o-1", "zoey")).join();

        assertThat(PostHogServer.EVENTS).extracting(event -> event.get("event").asText()).containsExactly("event", "order");
        assertThat(PostHogServer.EVENTS.get(0).get("uuid").asText()).isEqualTo(uuid.toString());
        assertThat(PostHogServer.EVENTS.get(1).at("/properties/id").asText()).isEqualTo("o-1");
    }

    @Test
    @Tag("MSG-1")
    void invalidMessagesAreRejectedWithTheReason() {
        Map<Object, String> invalid = Map.of(
                "{", "not a JSON object",
                "[]", "not a JSON object",
                "{\"distinct_id\": \"zoey\"}", "'event'",
                "{\"event\": \"a\"}", "'distinct_id'",
                "{\"event\": \"a\", \"distinct_id\": \"zoey\", \"uuid\": \"1\"}", "'uuid'",
                "{\"event\": \"a\", \"distinct_id\": \"zoey\", \"timestamp\": \"noon\"}", "'timestamp'",
                "{\"event\": \"a\", \"distinct_id\": \"zoey\", \"properties\": []}", "'properties'",
                42, "EventMapper<java.lang.Integer>",
                new Order(null, "zoey"), "EventMapper of");
        invalid.forEach((payload, reason) -> assertThat(sender.send(payload)).failsWithin(Duration.ofSeconds(10))
                .withThrowableThat().havingRootCause().isInstanceOfSatisfying(RuntimeException.class, failure -> {
                    assertThat(failure).isInstanceOf(RejectedEventException.class);
                    assertThat(((RejectedEventException) failure).reason()).isEqualTo(DropReason.INVALID);
                    assertThat(failure.getMessage()).contains(reason);
                }));
        assertThat(PostHogServer.EVENTS).isEmpty();
    }

    @Test
    @Tag("MSG-1")
    void aMessageIsAcknowledgedWhenPostHogAcknowledgesIt() {
        PostHogServer.status = 503;
        CompletableFuture<Void> sent = sender.send(JSON);
        await().until(() -> PostHogServer.requests > 3);
        assertThat(sent).isNotDone();

        PostHogServer.status = 200;

        sent.join();
        assertThat(PostHogServer.EVENTS).hasSize(1);
    }

    @Test
    @Tag("MSG-1")
    void aMessageThatPostHogRejectsIsNegativelyAcknowledged() {
        PostHogServer.status = 400;

        assertThat(sender.send(JSON)).failsWithin(Duration.ofSeconds(10)).withThrowableThat()
                .withStackTraceContaining("REJECTED");
    }

    @Test
    @Tag("MSG-3")
    void theOrderOfMessagesIsKept() {
        List<CompletableFuture<Void>> sent = new CopyOnWriteArrayList<>();
        IntStream.range(0, 1000).forEach(i -> sent.add(sender.send(CaptureEvent.of("" + i, "zoey"))));
        sent.forEach(CompletableFuture::join);

        assertThat(PostHogServer.EVENTS).extracting(event -> event.get("event").asInt()).hasSize(1000).isSorted();
    }

    public static class Order {

        final String id;
        final String customer;

        Order(String id, String customer) {
            this.id = id;
            this.customer = customer;
        }
    }

    public static class ExpressOrder extends Order {

        ExpressOrder(String id, String customer) {
            super(id, customer);
        }
    }

    @Singleton
    public static class OrderEvents implements EventMapper<Order> {

        @Override
        public CaptureEvent map(Order order) {
            return order.id == null ? null : CaptureEvent.of("order", order.customer).property("id", order.id);
        }
    }

    @ApplicationScoped
    public static class Sender {

        @Inject
        @Channel("events")
        @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
        MutinyEmitter<Object> emitter;

        CompletableFuture<Void> send(Object payload) {
            return emitter.sendMessage(Message.of(payload)).subscribeAsCompletionStage();
        }
    }
}
