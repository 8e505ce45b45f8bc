package org.acme.backoffice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.events.Event;
import io.quarkiverse.posthog.events.EventQuery;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;

/** Verifies that the events of a WebSocket connection have the person who opened it. */
@QuarkusTest
class ChatsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TestHTTPResource
    URI url;

    @Inject
    PostHog posthog;

    private final Instant begin = Instant.now();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Connection> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Connection::close);
    }

    @ParameterizedTest
    @ValueSource(strings = { "hello", "worker", "executor", "binary", "fail" })
    void eventsHaveThePersonOfTheHandshake(String message) {
        Connection chat = connect("/chat/" + message, Map.of("X-POSTHOG-DISTINCT-ID", "zoe", "X-POSTHOG-SESSION-ID", "s-1"));

        assertThat(chat.ask(message)).isEqualTo("zoe/zoe/s-1");
        assertThat(chat.ask(message)).isEqualTo("zoe/zoe/s-1");
        chat.close();

        assertThat(events(message, 4)).allSatisfy(event -> {
            assertThat(event.distinctId()).isEqualTo("zoe");
            assertThat(event.properties()).containsEntry("$session_id", "s-1")
                    .containsEntry("$request_path", "/chat/" + message)
                    .containsEntry("$request_method", "GET").containsEntry("$current_url", url + "chat/" + message);
        });
    }

    @Test
    void eventsAreAnonymousWithoutAPerson() {
        assertThat(connect("/chat/nobody", Map.of()).ask("hello")).isEqualTo("nobody/nobody/none");
    }

    @Test
    void eventsHaveTheAuthenticatedUser() {
        String token = Jwt.upn("anna").groups("staff").claim("customer_id", "customer-7").claim("company", "acme").sign();
        Map<String, String> headers = Map.of("Authorization", "Bearer " + token, "X-POSTHOG-DISTINCT-ID", "zoe");

        assertThat(connect("/staff-chat", headers).ask("hello")).isEqualTo("customer-7/{company=acme}");
        Connection chat = connect("/chat/users", headers);
        assertThat(chat.ask("worker")).isEqualTo("customer-7/customer-7/none");
        chat.close();

        assertThat(events("users", 3)).extracting(Event::distinctId).containsOnly("customer-7");
    }

    @Test
    void identifyAppliesToTheRestOfTheConnection() {
        Connection chat = connect("/chat/identified", Map.of("X-POSTHOG-DISTINCT-ID", "zoe"));
        Connection another = connect("/chat/another", Map.of("X-POSTHOG-DISTINCT-ID", "zoe"));

        assertThat(chat.ask("hello")).isEqualTo("zoe/zoe/none");
        assertThat(chat.ask("I am max")).isEqualTo("max/max/none");
        assertThat(chat.ask("worker")).isEqualTo("max/max/none");
        assertThat(another.ask("hello")).isEqualTo("zoe/zoe/none");
        chat.close();

        assertThat(events("identified", 5)).extracting(event -> event.event() + " " + event.distinctId())
                .containsExactlyInAnyOrder("chat opened zoe", "chat message zoe", "chat message max", "chat message max",
                        "chat closed max");
    }

    @Test
    void concurrentConnectionsAreIsolated() {
        List<Connection> chats = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            chats.add(connect("/chat/many", Map.of("X-POSTHOG-DISTINCT-ID", "user-" + i)));
        }
        List<String> messages = List.of("hello", "worker", "executor", "binary", "fail");
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < chats.size(); i++) {
                chats.get(i).send(i % 2 == 0 && round == 2 ? "I am customer-" + i : messages.get((i + round) % 5));
            }
        }

        for (int i = 0; i < chats.size(); i++) {
            String before = "user-" + i + "/user-" + i + "/none";
            String after = i % 2 == 0 ? before.replace("user", "customer") : before;
            assertThat(chats.get(i).answers(4)).containsExactly(before, before, after, after);
        }
    }

    /** As PostHog has them. */
    private List<Event> events(String room, int expected) {
        return Awaitility.await().atMost(PATIENCE).until(() -> {
            posthog.flush().await().atMost(PATIENCE);
            return posthog.events().list(EventQuery.create().after(begin)).collect().asList().await().atMost(PATIENCE).stream()
                    .filter(event -> room.equals(event.properties().get("room"))).toList();
        }, events -> events.size() >= expected);
    }

    private Connection connect(String path, Map<String, String> headers) {
        Connection connection = new Connection();
        WebSocket.Builder builder = http.newWebSocketBuilder();
        headers.forEach(builder::header);
        connection.socket = builder.buildAsync(URI.create(url.toString().replaceFirst("http", "ws")).resolve(path), connection)
                .join();
        open.add(connection);
        return connection;
    }

    /** The other end of a connection. */
    private static final class Connection implements WebSocket.Listener {

        private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        private WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            answers.add(data.toString());
            return WebSocket.Listener.super.onText(socket, data, last);
        }

        /** A callback for binary messages answers with one. */
        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            answers.add(StandardCharsets.UTF_8.decode(data).toString());
            return WebSocket.Listener.super.onBinary(socket, data, last);
        }

        void send(String message) {
            if (message.equals("binary")) {
                socket.sendBinary(ByteBuffer.wrap(new byte[] { 1 }), true).join();
            } else {
                socket.sendText(message, true).join();
            }
        }

        String ask(String message) {
            send(message);
            return answers(1).get(0);
        }

        List<String> answers(int count) {
            List<String> received = new ArrayList<>();
            try {
                while (received.size() < count) {
                    String answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    assertThat(answer).as("answer " + (received.size() + 1)).isNotNull();
                    received.add(answer);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return received;
        }

        void close() {
            if (!socket.isOutputClosed()) {
                socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            }
        }
    }
}
