package io.quarkiverse.posthog.deployment.devservices.emulator.http;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request that has arrived; its status is known once the answer is on its way. */
public final class RecordedRequest {

    private final UUID id = UUID.randomUUID();
    private final Instant receivedAt = Instant.now();
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, String> headers;
    private final String body;
    private final int wireSize;
    private final int size;
    private Integer status;

    RecordedRequest(String method, String path, String query, Map<String, String> headers, String body, int wireSize) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.wireSize = wireSize;
        this.size = path.length() + (query == null ? 0 : query.length()) + body.length() + headers.entrySet().stream()
                .mapToInt(header -> header.getKey().length() + header.getValue().length()).sum();
    }

    public UUID id() {
        return id;
    }

    public String path() {
        return path;
    }

    void answered(int withStatus) {
        status = withStatus;
    }

    /** About how many characters it keeps. */
    int size() {
        return size;
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("id", id.toString()).put("received_at", Times.zulu(receivedAt))
                .put("method", method).put("path", path).put("query", query);
        json.set("headers", Json.of(headers));
        return json.put("body", body).put("wire_size", wireSize).put("status", status);
    }
}
