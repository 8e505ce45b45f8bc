package io.quarkiverse.posthog.runtime.context;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.posthog.runtime.config.PostHogContextConfig.PropertiesConfig;
import io.quarkus.websockets.next.HandshakeRequest;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketConnection;
import io.quarkus.websockets.next.runtime.WebSocketConnectionBase;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** The connections of WebSockets Next. */
// No scope: it is a bean only in applications with WebSockets Next
public class WebSocketsNextConnectionProvider implements WebSocketConnectionProvider {

    private static final TypedKey<RequestScopedState> STATE = new TypedKey<>("io.quarkiverse.posthog.context");

    /**
     * The injectable WebSocketConnection is looked up by this key as well, but needs a CDI session, which may not be active.
     */
    private static final String CONNECTION = WebSocketConnectionBase.class.getName();

    private final boolean proactive;
    private final ReentrantLock lock = new ReentrantLock();

    /** @param proactive whether users are authenticated before the connection is opened */
    @Inject
    public WebSocketsNextConnectionProvider(
            @ConfigProperty(name = "quarkus.http.auth.proactive", defaultValue = "true") boolean proactive) {
        this.proactive = proactive;
    }

    @Override
    public Connection current() {
        Context context = Vertx.currentContext();
        if (context == null || !VertxContext.isDuplicatedContext(context)) {
            return null;
        }
        Object local = context.getLocal(CONNECTION);
        return local instanceof io.quarkus.websockets.next.Connection connection
                ? new Connection(state(connection.userData()), connection instanceof WebSocketConnection
                        ? new Handshake(connection.handshakeRequest(), proactive)
                        : null)
                : null;
    }

    private RequestScopedState state(UserData data) {
        RequestScopedState state = data.get(STATE);
        if (state != null) {
            return state;
        }
        // Several messages may be processed at the same time
        lock.lock();
        try {
            RequestScopedState added = data.get(STATE);
            if (added == null) {
                added = new RequestScopedState();
                data.put(STATE, added);
            }
            return added;
        } finally {
            lock.unlock();
        }
    }

    private record Handshake(HandshakeRequest request, boolean isAuthenticated) implements HttpRequestInfo {

        @Override
        public List<String> header(String name) {
            return request.headers(name);
        }

        @Override
        public Map<String, Object> properties(PropertiesConfig config) {
            return RequestProperties.of(config, this::url, "GET", request.path(), request.header("User-Agent"), this::ip);
        }

        private String url() {
            String host = request.header("Host");
            String query = request.query();
            return host == null ? null
                    : request.scheme() + "://" + host + request.path() + (query == null || query.isEmpty() ? "" : "?" + query);
        }

        /** Returns the IP address of the client, without the port. */
        private String ip() {
            String address = request.remoteAddress();
            int port = address == null ? -1 : address.lastIndexOf(':');
            return port < 0 ? address : address.substring(0, port);
        }
    }
}
