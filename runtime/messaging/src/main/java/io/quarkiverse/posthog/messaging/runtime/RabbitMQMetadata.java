package io.quarkiverse.posthog.messaging.runtime;

import jakarta.inject.Singleton;

import io.quarkiverse.posthog.capture.ChannelEvent;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;

/** Makes messages persistent, so that they survive a restart of the broker. */
@Singleton
public class RabbitMQMetadata implements MessageMetadata {

    private static final int PERSISTENT = 2;

    @Override
    public Object of(ChannelEvent event) {
        return OutgoingRabbitMQMetadata.builder().withDeliveryMode(PERSISTENT).withContentType("application/json")
                .withMessageId(event.event().uuid().toString()).build();
    }
}
