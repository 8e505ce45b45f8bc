package io.quarkiverse.posthog.runtime.context;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import io.quarkiverse.posthog.runtime.config.PostHogContextConfig.PropertiesConfig;
import io.quarkiverse.posthog.runtime.context.WebSocketConnectionProvider.Connection;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Finds requests of Quarkus' HTTP server: of REST endpoints, reactive routes, and everything else in its request scope.
 * In callbacks of a WebSocket connection, this is the handshake request.
 */
// No scope: it is a bean only where there is an HTTP server
public class VertxHttpRequestInfoProvider implements HttpRequestInfoProvider {

    private final CurrentVertxRequest current;
    private final WebSocketConnectionProvider connections;

    @Inject
    public VertxHttpRequestInfoProvider(CurrentVertxRequest current, Instance<WebSocketConnectionProvider> connections) {
        this.current = current;
        this.connections = connections.isResolvable() ? connections.get() : null;
    }

    @Override
    public HttpRequestInfo current() {
        Connection connection = connections == null ? null : connections.current();
        if (connection != null) {
            return connection.handshake();
        }
        RoutingContext routing = current.getCurrent();
        return routing == null ? null : of(routing);
    }

    public static HttpRequestInfo of(RoutingContext routing) {
        return new VertxHttpRequest(routing, routing.request());
    }

    private record VertxHttpRequest(RoutingContext routing, HttpServerRequest request) implements HttpRequestInfo {

        @Override
        public List<String> header(String name) {
            return request.headers().getAll(name);
        }

        @Override
        public boolean isAuthenticated() {
            return routing.user() != null;
        }

        @Override
        public Map<String, Object> properties(PropertiesConfig config) {
            return RequestProperties.of(config, request::absoluteURI, request.method().name(), request.path(),
                    request.getHeader(HttpHeaders.USER_AGENT),
                    () -> request.remoteAddress() == null ? null : request.remoteAddress().hostAddress());
        }
    }
}
