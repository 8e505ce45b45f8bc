package org.acme;

import java.time.Instant;
import java.util.UUID;

import jakarta.inject.Singleton;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.messaging.EventMapper;

// tag::mapper[]
@Singleton
public class OrderEvents implements EventMapper<OrderEvents.Order> {

    public record Order(UUID id, String customer, Instant time) {
    }

    @Override
    public CaptureEvent map(Order order) {
        return CaptureEvent.of("order placed", order.customer()).uuid(order.id()).timestamp(order.time());
    }
}
// end::mapper[]
