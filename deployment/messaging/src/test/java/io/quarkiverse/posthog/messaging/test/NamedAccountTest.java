package io.quarkiverse.posthog.messaging.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;

/** A channel of a named account, which uses protocol v1. */
class NamedAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(PostHogServer.class, Sender.class))
            .overrideConfigKey("quarkus.posthog.project-api-key", "phc_default")
            .overrideConfigKey("quarkus.posthog.\"work\".project-api-key", "phc_work")
            .overrideConfigKey("quarkus.posthog.\"work\".host", "http://localhost:${posthog.test.port}")
            .overrideConfigKey("quarkus.posthog.\"work\".capture.protocol", "v1")
            .overrideConfigKey("quarkus.posthog.\"work\".capture.compression", "none")
            .overrideConfigKey("quarkus.posthog.\"work\".capture.flush-interval", "20ms")
            .overrideConfigKey("mp.messaging.outgoing.events.connector", "quarkus-posthog")
            .overrideConfigKey("mp.messaging.outgoing.events.account", "work")
            .setBeforeAllCustomizer(PostHogServer::choosePort);

    @Inject
    Sender sender;

    @BeforeEach
    void reset() {
        PostHogServer.reset();
    }

    @Test
    @Tag("MSG-1")
    void theAccountDeliversWithItsTokenAndProtocol() {
        sender.send("purchase").await().atMost(Duration.ofSeconds(10));

        assertThat(PostHogServer.EVENTS).extracting(event -> event.get("event").asText()).containsExactly("purchase");
        assertThat(PostHogServer.path).isEqualTo("/i/v1/analytics/events");
        assertThat(PostHogServer.authorization).isEqualTo("Bearer phc_work");
    }

    @Test
    @Tag("MSG-1")
    void redeliveredMessagesAreSentInSeparateRequests() {
        CaptureEvent event = CaptureEvent.of("purchase", "zoey").uuid(UUID.randomUUID());
        Multi.createFrom().iterable(List.of(event, event)).onItem().transformToUni(sender::send).merge().collect().asList()
                .await().atMost(Duration.ofSeconds(10));

        assertThat(PostHogServer.EVENTS).hasSize(2);
        assertThat(PostHogServer.requests).isEqualTo(2);
    }

    @ApplicationScoped
    public static class Sender {

        @Inject
        @Channel("events")
        MutinyEmitter<CaptureEvent> emitter;

        Uni<Void> send(String name) {
            return send(CaptureEvent.of(name, "zoey"));
        }

        Uni<Void> send(CaptureEvent event) {
            return emitter.sendMessage(Message.of(event));
        }
    }
}
