package io.quarkiverse.posthog.messaging.runtime;

import jakarta.inject.Singleton;

import io.quarkiverse.posthog.capture.ChannelEvent;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;

/** Sets the distinct ID as the key of records, so that Kafka keeps the order of the events of a person. */
@Singleton
public class KafkaMetadata implements MessageMetadata {

    @Override
    public Object of(ChannelEvent event) {
        return OutgoingKafkaRecordMetadata.<String> builder().withKey(event.event().distinctId()).build();
    }
}
