package io.quarkiverse.posthog.messaging.runtime;

import java.util.List;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

import io.quarkiverse.posthog.capture.CaptureChannel;
import io.quarkiverse.posthog.capture.ChannelEvent;
import io.quarkus.arc.All;
import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;

/** Writes captured events as JSON to an outgoing channel, whose connector acknowledges them. */
@Singleton
@DefaultBean
public class MessagingCaptureChannel implements CaptureChannel {

    private final ChannelRegistry channels;
    private final List<MessageMetadata> metadata;

    MessagingCaptureChannel(ChannelRegistry channels, @All List<MessageMetadata> metadata) {
        this.channels = channels;
        this.metadata = metadata;
    }

    @Override
    public Uni<Void> send(ChannelEvent event) {
        MutinyEmitter<String> emitter = channels.getEmitter(event.channel(), MutinyEmitter.class);
        if (emitter == null) {
            throw new IllegalStateException("the channel '" + event.channel() + "' has not been started, or was not set when "
                    + "the application was built; set capture.channel of the account before the build");
        }
        return emitter
                .sendMessage(Message.of(event.json(), Metadata.from(metadata.stream().map(each -> each.of(event)).toList())));
    }
}
