package io.quarkiverse.posthog.messaging.test;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

/** Passes the messages of a broker on to PostHog. */
@ApplicationScoped
public class Deliverer {

    @Incoming("broker")
    @Outgoing("posthog")
    Message<String> deliver(Message<String> message) {
        return message;
    }
}
