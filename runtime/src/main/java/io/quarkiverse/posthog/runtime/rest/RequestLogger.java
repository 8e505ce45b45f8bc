package io.quarkiverse.posthog.runtime.rest;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.client.api.ClientLogger;

import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.support.SecretMask;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * Logs requests and responses of an account. It replaces the REST client's own logger, which would log the project token in
 * bodies.
 */
final class RequestLogger implements ClientLogger {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.posthog.requests");

    private final String account;
    private final Set<String> maskedHeaders;
    private final SecretMask mask;
    private volatile int bodySize = 1000;

    RequestLogger(ResolvedAccountConfig account, SecretMask mask) {
        this.account = account.name();
        // Configured headers can contain secrets, for example for a proxy
        this.maskedHeaders = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        maskedHeaders.addAll(account.config().headers().keySet());
        this.mask = mask;
    }

    @Override
    public void setBodySize(int bodySize) {
        this.bodySize = bodySize;
    }

    @Override
    public void logRequest(HttpClientRequest request, Buffer body, boolean omitBody) {
        if (LOG.isInfoEnabled()) {
            LOG.infof("[%s] %s %s, %s%s", account, request.getMethod(), mask.mask(request.absoluteURI()),
                    headers(request.headers()), body == null || omitBody ? "" : ", " + body(body, request.headers()));
        }
    }

    @Override
    public void logResponse(HttpClientResponse response, boolean redirect) {
        if (LOG.isInfoEnabled()) {
            String line = "[" + account + "] " + response.request().getMethod() + " "
                    + mask.mask(response.request().absoluteURI()) + " -> " + response.statusCode() + ", "
                    + headers(response.headers());
            response.bodyHandler(body -> LOG.info(line + ", " + body(body, response.headers())));
        }
    }

    private String headers(MultiMap headers) {
        return mask.mask(headers.entries().stream().map(this::header).collect(Collectors.joining(", ")));
    }

    private String header(Map.Entry<String, String> header) {
        // Not only the keys of this account: an interceptor of the application may authenticate against a proxy
        boolean secret = maskedHeaders.contains(header.getKey())
                || header.getKey().toLowerCase(Locale.ROOT).contains("authorization")
                || header.getKey().toLowerCase(Locale.ROOT).contains("cookie");
        return header.getKey() + ": " + (secret ? "***" : header.getValue());
    }

    private String body(Buffer body, MultiMap headers) {
        if (headers.contains(HttpHeaders.CONTENT_ENCODING)) {
            return body.length() + " bytes";
        }
        // Longer than the logged part, because the mask must recognize keys at its end
        return mask.truncated(body.getBuffer(0, (int) Math.min(body.length(), 8L * bodySize + 1000)).toString(), bodySize);
    }
}
