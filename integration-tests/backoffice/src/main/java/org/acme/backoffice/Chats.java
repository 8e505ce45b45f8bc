package org.acme.backoffice;

import java.time.Duration;

import jakarta.inject.Inject;

import org.eclipse.microprofile.context.ManagedExecutor;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.flags.FlagContext;
import io.quarkus.security.Authenticated;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;

/** Chats with customers. */
public class Chats {

    /** Responds to each message with the distinct ID of its sender. */
    @WebSocket(path = "/chat/{room}")
    public static class Chat {

        @Inject
        PostHog posthog;

        @Inject
        PostHogContext context;

        @Inject
        ManagedExecutor executor;

        @OnOpen
        void open(WebSocketConnection connection) {
            capture("chat opened", connection);
        }

        @OnTextMessage
        Uni<String> text(String message, WebSocketConnection connection) {
            if (message.startsWith("I am ")) {
                context.identify(message.substring("I am ".length()));
            }
            if (message.equals("fail")) {
                throw new IllegalArgumentException("The chat is closed");
            }
            Uni<String> later = Uni.createFrom().item(message).onItem().delayIt().by(Duration.ofMillis(5));
            return switch (message) {
                case "executor" -> Uni.createFrom().completionStage(() -> executor.supplyAsync(() -> respond(connection)));
                case "worker" -> later.emitOn(Infrastructure.getDefaultWorkerPool()).map(ignored -> respond(connection));
                default -> later.map(ignored -> respond(connection));
            };
        }

        @OnBinaryMessage
        String binary(Buffer message, WebSocketConnection connection) {
            return respond(connection);
        }

        @OnError
        String failed(IllegalArgumentException failure, WebSocketConnection connection) {
            return respond(connection);
        }

        @OnClose
        void close(WebSocketConnection connection) {
            capture("chat closed", connection);
        }

        private String respond(WebSocketConnection connection) {
            capture("chat message", connection);
            String flagsOf = posthog.evaluateFlagsLocally(FlagContext.create()).distinctId().orElse("nobody");
            return context.distinctId().orElse("nobody") + "/" + flagsOf + "/" + context.sessionId().orElse("none");
        }

        private void capture(String event, WebSocketConnection connection) {
            posthog.capture(CaptureEvent.of(event).property("room", connection.pathParam("room")));
        }
    }

    /** A chat that requires authentication. */
    @Authenticated
    @WebSocket(path = "/staff-chat")
    public static class StaffChat {

        @Inject
        PostHogContext context;

        @OnTextMessage
        String message(String message) {
            return context.distinctId().orElse("nobody") + "/" + context.groups();
        }
    }
}
