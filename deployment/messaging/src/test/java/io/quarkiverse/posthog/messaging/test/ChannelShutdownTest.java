package io.quarkiverse.posthog.messaging.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** A channel that needs a second to store an event, when the application stops. */
class ChannelShutdownTest {

    private static final String STORED = "posthog.test.stored";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Store.class))
            .overrideConfigKey("quarkus.posthog.project-api-key", "phc_test")
            .overrideConfigKey("quarkus.posthog.capture.channel", "captured")
            .setAfterUndeployListener(() -> assertThat(System.clearProperty(STORED)).isEqualTo("purchase"));

    @Inject
    PostHog posthog;

    @Test
    @Tag("MSG-7")
    void theApplicationWaitsForTheChannel() {
        posthog.capture(CaptureEvent.of("purchase", "zoey"));

        assertThat(posthog.captureStatus().queued()).isEqualTo(1);
        assertThat(System.getProperty(STORED)).isNull();
    }

    @ApplicationScoped
    public static class Store {

        @Incoming("captured")
        CompletionStage<Void> store(Message<String> message) {
            return Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofSeconds(1))
                    .invoke(() -> System.setProperty(STORED,
                            message.getPayload().replaceAll(".*\"event\":\"([^\"]*).*", "$1")))
                    .chain(() -> Uni.createFrom().completionStage(message.ack())).subscribeAsCompletionStage();
        }
    }
}
