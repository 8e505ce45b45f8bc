package org.acme.fleet;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

import io.quarkus.arc.profile.UnlessBuildProfile;

/** Delivers the events of the broker to PostHog. */
@ApplicationScoped
@UnlessBuildProfile("test")
public class Deliverer {

    @Incoming("broker")
    @Outgoing("posthog")
    Message<Object> deliver(Message<Object> message) {
        return message;
    }
}
