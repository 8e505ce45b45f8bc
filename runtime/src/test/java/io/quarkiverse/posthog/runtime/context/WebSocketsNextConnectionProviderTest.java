package io.quarkiverse.posthog.runtime.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.posthog.runtime.config.PostHogContextConfig.PropertiesConfig;
import io.quarkus.websockets.next.Connection;
import io.quarkus.websockets.next.HandshakeRequest;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketClientConnection;
import io.quarkus.websockets.next.WebSocketConnection;
import io.quarkus.websockets.next.runtime.WebSocketConnectionBase;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** The connection that a callback of WebSockets Next is called for. */
class WebSocketsNextConnectionProviderTest {

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketsNextConnectionProvider connections = new WebSocketsNextConnectionProvider(true);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @Tag("TRH-13")
    void theCallbacksOfAConnectionShareItsState() {
        WebSocketConnection connection = connection(WebSocketConnection.class, Map.of());

        assertThat(stateOf(connection)).isNotNull().isSameAs(stateOf(connection))
                .isNotSameAs(stateOf(connection(WebSocketConnection.class, Map.of())));
    }

    @Test
    @Tag("TRH-13")
    void outsideOfACallbackThereIsNoConnection() throws Exception {
        assertThat(connections.current()).isNull();
        assertThat(call(null, connections::current)).isNull();
    }

    @Test
    @Tag("TRH-13")
    void theHandshakeIsTheRequestOfTheConnection() {
        HttpRequestInfo handshake = call(connection(WebSocketConnection.class, Map.of("X-POSTHOG-DISTINCT-ID", List.of("zoe"))),
                connections::current).handshake();

        assertThat(handshake.header("X-POSTHOG-DISTINCT-ID")).containsExactly("zoe");
        assertThat(handshake.header("X-POSTHOG-SESSION-ID")).isEmpty();
        assertThat(handshake.isAuthenticated()).isTrue();
        assertThat(handshake.properties(all(false))).isEqualTo(Map.of("$current_url", "https://example.com:8443/chat",
                "$request_method", "GET", "$request_path", "/chat", "$user_agent", "agent", "$ip", "2001:db8::1"));
        assertThat(handshake.properties(all(true))).containsEntry("$current_url", "https://example.com:8443/chat?room=7");
    }

    @Test
    @Tag("TRH-13")
    void aConnectionToAnotherServerHasAStateWithoutAHandshake() {
        WebSocketConnectionProvider.Connection current = call(connection(WebSocketClientConnection.class, Map.of()),
                connections::current);

        assertThat(current.state()).isNotNull();
        assertThat(current.handshake()).isNull();
    }

    private RequestScopedState stateOf(Connection connection) {
        return call(connection, connections::current).state();
    }

    /** Calls code as WebSockets Next calls a callback. */
    private <T> T call(Connection connection, Supplier<T> code) {
        Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        if (connection != null) {
            context.putLocal(WebSocketConnectionBase.class.getName(), connection);
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        context.runOnContext(ignored -> {
            try {
                result.complete(code.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static <C extends Connection> C connection(Class<C> type, Map<String, List<String>> headers) {
        Data data = new Data();
        return proxy(type, Map.of("userData", data, "handshakeRequest", new Handshake(headers)));
    }

    private static PropertiesConfig all(boolean query) {
        return proxy(PropertiesConfig.class, Map.of("currentUrl", true, "query", query, "requestMethod", true, "requestPath",
                true, "userAgent", true, "ip", true));
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> results) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
                (proxy, method, arguments) -> results.get(method.getName())));
    }

    private static final class Data implements UserData {

        private final Map<String, Object> data = new ConcurrentHashMap<>();

        @Override
        @SuppressWarnings("unchecked")
        public <V> V get(TypedKey<V> key) {
            return (V) data.get(key.value());
        }

        @Override
        @SuppressWarnings("unchecked")
        public <V> V put(TypedKey<V> key, V value) {
            return (V) data.put(key.value(), value);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <V> V remove(TypedKey<V> key) {
            return (V) data.remove(key.value());
        }

        @Override
        public int size() {
            return data.size();
        }

        @Override
        public void clear() {
            data.clear();
        }
    }

    private record Handshake(Map<String, List<String>> headers) implements HandshakeRequest {

        @Override
        public String header(String name) {
            return switch (name) {
                case "Host" -> "example.com:8443";
                case "User-Agent" -> "agent";
                default -> null;
            };
        }

        @Override
        public List<String> headers(String name) {
            return headers.getOrDefault(name, List.of());
        }

        @Override
        public String scheme() {
            return "https";
        }

        @Override
        public String host() {
            return "example.com";
        }

        @Override
        public int port() {
            return 8443;
        }

        @Override
        public String path() {
            return "/chat";
        }

        @Override
        public String query() {
            return "room=7";
        }

        @Override
        public String localAddress() {
            return "127.0.0.1:8443";
        }

        @Override
        public String remoteAddress() {
            return "2001:db8::1:50000";
        }
    }
}
