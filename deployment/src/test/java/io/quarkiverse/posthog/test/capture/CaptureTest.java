package io.quarkiverse.posthog.test.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.capture.CaptureStatus;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;

/** The way of an event from the caller to the wire. */
class CaptureTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = CaptureRequests.application();

    @Inject
    PostHog postHog;

    @Test
    void anEventArrivesAsItWasCaptured() {
        CaptureRequests requests = new CaptureRequests().answering();

        UUID uuid = postHog.capture(CaptureEvent.of("order placed", "user-1").property("amount", 42)).orElseThrow();
        CaptureStatus status = postHog.flush().await().atMost(Duration.ofSeconds(10));

        assertThat(requests.all()).hasSize(1);
        JsonNode event = requests.events().get(0);
        assertThat(event.path("uuid").asText()).isEqualTo(uuid.toString());
        assertThat(event.path("event").asText()).isEqualTo("order placed");
        assertThat(event.path("distinct_id").asText()).isEqualTo("user-1");
        assertThat(event.at("/properties/amount").isInt()).isTrue();
        assertThat(status.queued()).isZero();
        assertThat(postHog.captureStatus().delivered()).isGreaterThan(0);
    }

    @Test
    void manyEventsTravelTogether() {
        CaptureRequests requests = new CaptureRequests().answering();

        for (int i = 0; i < 250; i++) {
            postHog.capture(CaptureEvent.of("viewed", "user-" + i));
        }
        postHog.flush().await().atMost(Duration.ofSeconds(10));

        assertThat(requests.events()).extracting(event -> event.path("distinct_id").asText()).hasSize(250)
                .startsWith("user-0", "user-1").endsWith("user-249");
        assertThat(requests.all()).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void aStreamIsSentAndSummedUp() {
        CaptureRequests requests = new CaptureRequests().answering(CaptureRequests.status(503));

        CaptureSummary summary = postHog.captureAll(Multi.createFrom().range(0, 1000)
                .map(i -> CaptureEvent.of(i == 500 ? " " : "viewed", "user-" + i)))
                .await().atMost(Duration.ofSeconds(20));

        assertThat(summary.total()).isEqualTo(1000);
        assertThat(summary.delivered()).isEqualTo(999);
        assertThat(summary.dropped()).isEqualTo(Map.of(DropReason.INVALID, 1L));
    }
}
