package io.quarkiverse.posthog.messaging.runtime;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.capture.DropReason;
import io.quarkiverse.posthog.capture.EventDelivery;
import io.quarkiverse.posthog.messaging.RejectedEventException;

/** Delivers the event of a message, and acknowledges the message with its outcome. */
final class MessageDelivery implements EventDelivery {

    private static final Logger LOG = Logger.getLogger(MessageDelivery.class);

    private final String channel;
    private final Message<?> message;
    private final EventReader reader;
    private boolean fromListener;

    MessageDelivery(String channel, Message<?> message, EventReader reader) {
        this.channel = channel;
        this.message = message;
        this.reader = reader;
    }

    @Override
    public CaptureEvent event() {
        EventReader.Read read = reader.read(message.getPayload());
        fromListener = read.fromListener();
        return read.event();
    }

    @Override
    public boolean isFromListener() {
        return fromListener;
    }

    @Override
    public void delivered() {
        log(message.ack(), "acknowledged");
    }

    @Override
    public void dropped(DropReason reason, Optional<String> detail) {
        log(message.nack(new RejectedEventException(reason, detail.orElse(null))), "negatively acknowledged");
    }

    private void log(CompletionStage<Void> acknowledged, String action) {
        acknowledged.whenComplete((ignored, failure) -> {
            if (failure != null) {
                LOG.errorf(failure, "Channel '%s': a message could not be %s; the broker may deliver it again", channel,
                        action);
            }
        });
    }
}
