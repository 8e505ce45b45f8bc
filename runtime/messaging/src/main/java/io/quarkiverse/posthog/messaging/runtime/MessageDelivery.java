package io.quarkiverse.posthog.messaging.runtime;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

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
    /** Whether acknowledging messages of the channel failed last time, so that an outage is logged once. */
    private final AtomicBoolean failing;
    private boolean fromListener;

    MessageDelivery(String channel, Message<?> message, EventReader reader, AtomicBoolean failing) {
        this.channel = channel;
        this.message = message;
        this.reader = reader;
        this.failing = failing;
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
            boolean failed = failure != null;
            if (failing.getAndSet(failed) != failed && failed) {
                LOG.errorf(failure, "Channel '%s': a message could not be %s, and the broker may deliver it again; this is "
                        + "logged again only after a message could be acknowledged", channel, action);
            }
        });
    }
}
