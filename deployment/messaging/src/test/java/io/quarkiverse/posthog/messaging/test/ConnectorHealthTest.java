package io.quarkiverse.posthog.messaging.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;

/** A channel whose source fails while PostHog is not available. */
class ConnectorHealthTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(PostHogServer.class, Source.class))
            .overrideConfigKey("quarkus.posthog.project-api-key", "phc_test")
            .overrideConfigKey("quarkus.posthog.capture.flush-interval", "20ms")
            .overrideConfigKey("quarkus.posthog.capture.shutdown-timeout", "100ms")
            .overrideConfigKey("mp.messaging.outgoing.posthog.connector", "quarkus-posthog")
            .overrideConfigKey("quarkus.posthog.host", "http://localhost:${posthog.test.port}")
            .setBeforeAllCustomizer(PostHogServer::choosePort);

    @Inject
    SmallRyeHealthReporter health;

    @Inject
    Source source;

    @BeforeAll
    static void start() {
        PostHogServer.reset();
        PostHogServer.status = 503;
    }

    @Test
    @Tag("MSG-10")
    void theLivenessCheckFailsAtOnce() {
        source.emit(CaptureEvent.of("purchase", "zoey"));
        await().until(() -> PostHogServer.requests > 0);
        assertThat(liveness()).contains("\"UP\"").doesNotContain("\"DOWN\"");

        source.fail(new IllegalStateException("the broker has failed"));

        await().untilAsserted(() -> assertThat(liveness()).contains("\"DOWN\"", "the broker has failed"));
    }

    private String liveness() {
        return health.getLiveness().getPayload().toString();
    }

    @ApplicationScoped
    public static class Source {

        private volatile MultiEmitter<? super Message<CaptureEvent>> messages;

        void emit(CaptureEvent event) {
            messages.emit(Message.of(event));
        }

        void fail(Throwable failure) {
            messages.fail(failure);
        }

        @Outgoing("posthog")
        Multi<Message<CaptureEvent>> messages() {
            return Multi.createFrom().emitter(emitter -> messages = emitter);
        }
    }
}
