package org.acme.fleet;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The messages that the application that delivers has negatively acknowledged, and that the broker has kept. */
@ApplicationScoped
public class Rejected {

    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Incoming("rejected")
    void add(String message) {
        messages.add(message);
    }

    List<String> messages() {
        return messages;
    }
}
