package org.acme;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

// tag::deliverer[]
@ApplicationScoped
public class Deliverer {

    @Incoming("broker")
    @Outgoing("posthog")
    Message<Object> deliver(Message<Object> message) {
        return message;
    }
}
// end::deliverer[]
