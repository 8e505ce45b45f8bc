package org.acme.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.cohorts.CohortQuery;
import io.quarkiverse.posthog.query.HogQLQuery;
import io.quarkiverse.posthog.testing.CapturedEvent;
import io.quarkiverse.posthog.testing.Endpoint;
import io.quarkiverse.posthog.testing.PostHogTestKit;
import io.quarkiverse.posthog.testing.WithFlag;
import io.quarkus.test.junit.QuarkusTest;

/** Verifies that the extension is not affected by the JAX-RS providers of the application. */
@QuarkusTest
class HostileProvidersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Set<String> HEADERS = Set.of("host", "accept", "accept-encoding", "authorization", "connection",
            "content-encoding", "content-length", "content-type", "if-none-match", "posthog-attempt", "posthog-request-id",
            "posthog-request-timestamp", "posthog-sdk-info", "transfer-encoding", "user-agent");

    @Inject
    PostHog posthog;

    @Inject
    PostHogTestKit kit;

    @Test
    void everyEventIsDelivered() {
        for (int i = 0; i < 250; i++) {
            posthog.capture(CaptureEvent.of("invoice sent", "customer-" + i).property("number", i));
        }

        List<CapturedEvent> events = kit.assertThatEvents().named("invoice sent").hasSize(250).toList();

        assertThat(events).extracting(event -> event.property("number")).doesNotHaveDuplicates();
        assertThat(posthog.captureStatus().totalDropped()).isZero();
        assertThat(kit.requests(Endpoint.CAPTURE))
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("authorization"));
    }

    @Test
    void everyEventIsDeliveredAfterAnOutage() {
        kit.faults().fail(Endpoint.CAPTURE, 503, 2);

        posthog.capture(CaptureEvent.of("invoice sent", "zoe"));

        kit.assertThatEvents().named("invoice sent").hasSize(1);
        assertThat(kit.requests(Endpoint.CAPTURE)).hasSize(3);
    }

    @Test
    void anEventIsSentImmediately() {
        assertThat(posthog.captureImmediate(CaptureEvent.of("invoice paid", "zoe")).await().atMost(PATIENCE)).isNotNull();

        kit.assertThatEvents().named("invoice paid").hasSize(1);
    }

    @Test
    void valuesOfPropertiesAreWrittenByTheApplication() {
        posthog.capture(CaptureEvent.of("invoice paid", "zoe").property("total", new Money(4999)));

        kit.assertThatEvents().named("invoice paid").withProperty("total", "49.99 EUR").hasSize(1);
    }

    @Test
    void readsAndQueriesSucceed() {
        kit.storeEvents(CaptureEvent.of("invoice archived", "zoe"));

        assertThat(posthog.cohorts().page(CohortQuery.create()).await().atMost(PATIENCE).items()).isNotNull();
        assertThat(posthog.query(HogQLQuery.of("select event from events where event = 'invoice archived'")).await()
                .atMost(PATIENCE).rows()).hasSize(1);
        assertThat(kit.requests("/api/")).isNotEmpty().allSatisfy(request -> assertThat(request.header("authorization"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer phx_")));
    }

    @Test
    @WithFlag("new-invoice")
    void flagsAreEvaluated() {
        assertThat(posthog.isFeatureEnabled("new-invoice", "zoe").await().atMost(PATIENCE)).isTrue();
        assertThat(posthog.isFeatureEnabled("unknown", "zoe").await().atMost(PATIENCE)).isFalse();
    }

    @AfterEach
    void nothingOfTheApplicationIsSent() {
        assertThat(kit.requests()).isNotEmpty().allSatisfy(request -> {
            assertThat(HEADERS).containsAll(request.headers().keySet());
            assertThat(request.headers().getOrDefault("authorization", "")).doesNotContain("token");
            assertThat(request.headers().get("user-agent")).startsWith("quarkus-posthog/");
        });
    }
}
