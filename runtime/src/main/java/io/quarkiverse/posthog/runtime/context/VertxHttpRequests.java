package io.quarkiverse.posthog.runtime.context;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkiverse.posthog.runtime.config.PostHogContextConfig.PropertiesConfig;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** The requests of Quarkus' HTTP server: of REST endpoints, reactive routes, and whatever else has its request scope. */
// No scope: it is a bean only where there is an HTTP server
public class VertxHttpRequests implements HttpRequests {

    private final CurrentVertxRequest current;

    @Inject
    public VertxHttpRequests(CurrentVertxRequest current) {
        this.current = current;
    }

    @Override
    public HttpRequest current() {
        RoutingContext routing = current.getCurrent();
        return routing == null ? null : of(routing);
    }

    public static HttpRequest of(RoutingContext routing) {
        return new VertxHttpRequest(routing, routing.request());
    }

    private record VertxHttpRequest(RoutingContext routing, HttpServerRequest request) implements HttpRequest {

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
            Map<String, Object> properties = new LinkedHashMap<>();
            if (config.currentUrl()) {
                properties.put("$current_url", url(config.query()));
            }
            if (config.requestMethod()) {
                properties.put("$request_method", request.method().name());
            }
            if (config.requestPath()) {
                properties.put("$request_path", request.path());
            }
            if (config.userAgent()) {
                properties.put("$user_agent", request.getHeader(HttpHeaders.USER_AGENT));
            }
            if (config.ip()) {
                properties.put("$ip", request.remoteAddress() == null ? null : request.remoteAddress().hostAddress());
            }
            properties.values().removeIf(value -> value == null || value.toString().isEmpty());
            return properties;
        }

        private String url(boolean withQuery) {
            String url = request.absoluteURI();
            int query = url == null || withQuery ? -1 : url.indexOf('?');
            return query < 0 ? url : url.substring(0, query);
        }
    }
}
