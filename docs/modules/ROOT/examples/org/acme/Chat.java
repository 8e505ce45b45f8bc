package org.acme;

import jakarta.inject.Inject;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;

// tag::chat[]
@WebSocket(path = "/chat")
public class Chat {

    @Inject
    PostHog posthog;

    @Inject
    PostHogContext context;

    @OnTextMessage
    void message(String message) {
        if (message.startsWith("I am ")) {
            context.identify(message.substring(5)); // <1>
        } else {
            posthog.capture(CaptureEvent.of("message sent")); // <2>
        }
    }
}
// end::chat[]
