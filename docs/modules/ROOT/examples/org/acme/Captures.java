package org.acme;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccount;
import io.quarkiverse.posthog.capture.BeforeSend;
import io.quarkiverse.posthog.capture.CaptureListener;
import io.quarkiverse.posthog.capture.CaptureSummary;
import io.quarkiverse.posthog.capture.DroppedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

public class Captures {

    @Inject
    PostHog posthog;

    void ways() {
        // tag::ways[]
        Optional<UUID> accepted = posthog.capture(CaptureEvent.of("order placed", "user-123") // <1>
                .property("amount", 49.99)
                .group("company", "acme")
                .set(Map.of("plan", "pro")));

        Uni<UUID> acknowledged = posthog.captureImmediate(CaptureEvent.of("order placed", "user-123")); // <2>
        // end::ways[]
        acknowledged.subscribe().with(uuid -> Logger.getLogger(Captures.class).infof("%s, %s", accepted, uuid));
    }

    void persons() {
        // tag::persons[]
        posthog.identify("user-123", Map.of("email", "max@example.com"), Map.of("first seen", "checkout"));
        posthog.alias("visitor-77", "user-123");
        posthog.groupIdentify("company", "acme", Map.of("employees", 42));
        posthog.setPersonProperties("user-123", Map.of("plan", "pro"));

        posthog.capture(CaptureEvent.of("page viewed")); // <1>
        posthog.capture(CaptureEvent.of("page viewed", "user-123").personless()); // <2>
        // end::persons[]
    }

    // tag::streams[]
    Uni<CaptureSummary> importOrders(Multi<Order> orders) {
        return posthog.captureHistorical(orders.map(order -> CaptureEvent.of("order placed", order.customer())
                .timestamp(order.placedAt())
                .uuid(order.id())));
    }
    // end::streams[]

    record Order(UUID id, String customer, Instant placedAt) {
    }

    // tag::before[]
    @Singleton
    @Priority(100) // <1>
    static class WithoutEmail implements BeforeSend {

        @Override
        public CaptureEvent apply(CaptureEvent event) {
            return event.properties().containsKey("email") ? event.property("email", "***") : event;
        }
    }

    @Singleton
    @PostHogAccount("work") // <2>
    static class NoHealthChecks implements BeforeSend {

        @Override
        public CaptureEvent apply(CaptureEvent event) {
            return event.event().equals("health checked") ? null : event;
        }
    }
    // end::before[]

    // tag::listener[]
    @Singleton
    static class Losses implements CaptureListener {

        private static final Logger LOG = Logger.getLogger(Losses.class);

        @Override
        public void onDropped(DroppedEvent dropped) {
            LOG.errorf("%s of %s: %s", dropped.event().event(), dropped.account(), dropped.reason());
        }
    }
    // end::listener[]

    void ai() {
        // tag::ai[]
        posthog.captureAi(CaptureEvent.of("$ai_generation", "user-123")
                .property("$ai_model", "large-model")
                .property("$ai_input_tokens", 1200)
                .property("$ai_output_tokens", 80));
        // end::ai[]
    }
}
