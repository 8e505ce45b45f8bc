package io.quarkiverse.posthog.emulator.http;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.store.HeapSize;

/** A request that arrived. Its status is set when the response is sent. */
public final class ReceivedRequest {

    private static final int FIXED_SIZE = 256;
    private static final int FIXED_SIZE_OF_HEADER = 40;

    private final UUID id = UUID.randomUUID();
    private final Instant receivedAt = Instant.now();
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, String> headers;
    private final String body;
    private final int wireSize;
    private final long size;
    private Integer status;

    ReceivedRequest(String method, String path, String query, Map<String, String> headers, String body, int wireSize) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.wireSize = wireSize;
        this.size = FIXED_SIZE + HeapSize.of(path) + HeapSize.of(query) + HeapSize.of(body) + headers.entrySet().stream()
                .mapToLong(header -> FIXED_SIZE_OF_HEADER + HeapSize.of(header.getKey()) + HeapSize.of(header.getValue()))
                .sum();
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

    /** An estimate of the memory that it takes, in bytes. */
    long size() {
        return size;
    }

    public ObjectNode toJson() {
        ObjectNode json = EmulatorJson.object().put("id", id.toString()).put("received_at", TimestampFormats.zulu(receivedAt))
                .put("method", method).put("path", path).put("query", query);
        json.set("headers", EmulatorJson.of(headers));
        return json.put("body", body).put("wire_size", wireSize).put("status", status);
    }
}
