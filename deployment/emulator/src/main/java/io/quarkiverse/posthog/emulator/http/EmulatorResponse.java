package io.quarkiverse.posthog.emulator.http;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.vertx.core.http.HttpServerResponse;

/**
 * A response of the API.
 *
 * @param body text of the body, {@code null} for none
 */
public record EmulatorResponse(int status, String contentType, String body, Map<String, String> headers) {

    public static EmulatorResponse ok(JsonNode body) {
        return of(200, body);
    }

    public static EmulatorResponse of(int status, JsonNode body) {
        return new EmulatorResponse(status, "application/json", body.toString(), Map.of());
    }

    public static EmulatorResponse empty(int status) {
        return new EmulatorResponse(status, null, null, Map.of());
    }

    public static EmulatorResponse text(int status, String body) {
        return new EmulatorResponse(status, "text/plain; charset=utf-8", body, Map.of());
    }

    public static EmulatorResponse html(String body) {
        return new EmulatorResponse(200, "text/html; charset=utf-8", body, Map.of());
    }

    public EmulatorResponse with(String header, String value) {
        return with(Map.of(header, value));
    }

    public EmulatorResponse with(Map<String, String> others) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.putAll(others);
        return new EmulatorResponse(status, contentType, body, more);
    }

    public void send(HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status);
        if (body != null) {
            response.putHeader("Content-Type", contentType);
        }
        headers.forEach(response::putHeader);
        if (body == null) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
