package io.quarkiverse.posthog.messaging;

import io.quarkiverse.posthog.CaptureEvent;

/**
 * Turns the objects of an application into events. The connector {@code quarkus-posthog} uses the CDI bean whose type argument
 * is the class of the message payload, or its closest superclass or interface.
 *
 * <pre>
 * {@literal @}Singleton
 * class OrderEvents implements EventMapper{@literal <}Order{@literal >} {
 *
 *     {@literal @}Override
 *     public CaptureEvent map(Order order) {
 *         return CaptureEvent.of("order placed", order.customer()).uuid(order.id()).timestamp(order.time());
 *     }
 * }
 * </pre>
 *
 * @param <T> the class of the payload, without type arguments
 */
@FunctionalInterface
public interface EventMapper<T> {

    /**
     * Returns the event of a message. Set the UUID and the timestamp: if a broker delivers the message again, the event is the
     * same for PostHog only if the UUID, the timestamp, the name and the distinct ID are the same.
     * <p>
     * Must not block. If it returns null or throws an exception, the message is negatively acknowledged.
     */
    CaptureEvent map(T payload);
}
