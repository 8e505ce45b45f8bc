package io.quarkiverse.posthog.messaging.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.UUID;

import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySink;
import io.smallrye.reactive.messaging.memory.InMemorySource;

/** An application that captures to a channel, and delivers the messages of another one with the same account. */
class CaptureChannelTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(PostHogServer.class, Deliverer.class))
            .overrideConfigKey("quarkus.posthog.project-api-key", "phc_test")
            .overrideConfigKey("quarkus.posthog.capture.channel", "captured")
            .overrideConfigKey("quarkus.posthog.capture.compression", "none")
            .overrideConfigKey("quarkus.posthog.capture.flush-interval", "20ms")
            .overrideConfigKey("mp.messaging.outgoing.captured.connector", "smallrye-in-memory")
            .overrideConfigKey("mp.messaging.incoming.broker.connector", "smallrye-in-memory")
            .overrideConfigKey("mp.messaging.outgoing.posthog.connector", "quarkus-posthog")
            .overrideConfigKey("quarkus.posthog.host", "http://localhost:${posthog.test.port}")
            .setBeforeAllCustomizer(PostHogServer::choosePort);

    @Inject
    PostHog posthog;

    @Inject
    @Any
    InMemoryConnector broker;

    @BeforeEach
    void reset() {
        PostHogServer.reset();
    }

    @Test
    @Tag("MSG-5")
    void capturedEventsAreWrittenToTheChannelAndDeliveredOnce() {
        InMemorySink<String> captured = broker.sink("captured");
        captured.clear();
        UUID uuid = posthog.capture(CaptureEvent.of("purchase", "zoey").property("amount", 49.9)).orElseThrow();
        posthog.flush().await().indefinitely();

        assertThat(captured.received()).hasSize(1);
        assertThat(PostHogServer.requests).isZero();
        assertThat(posthog.captureStatus().delivered()).isPositive();

        InMemorySource<String> source = broker.source("broker");
        String message = captured.received().get(0).getPayload();
        source.send(message);
        // Redelivery
        source.send(message);

        await().until(() -> PostHogServer.EVENTS.size() == 2);
        assertThat(PostHogServer.EVENTS.get(0)).isEqualTo(PostHogServer.EVENTS.get(1));
        assertThat(PostHogServer.EVENTS.get(0).get("uuid").asText()).isEqualTo(uuid.toString());
        assertThat(captured.received()).as("nothing is written back to the channel").hasSize(1);
    }
}
