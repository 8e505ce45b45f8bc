package io.quarkiverse.posthog.runtime.capture.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.capture.event.EventJsonWriter;
import io.quarkiverse.posthog.runtime.capture.event.EventKind;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.api.IngestionApi;
import io.quarkiverse.posthog.runtime.rest.api.RequestBody;
import io.smallrye.mutiny.Uni;

/** {@code /batch/}, also for AI events. The response applies to all events of the request. */
public final class ProtocolV0 implements Protocol {

    private static final byte[] TAIL = "]}".getBytes(StandardCharsets.UTF_8);

    private final ObjectMapper mapper;
    private final ObjectReader responses;
    private final String projectKey;
    private final boolean historical;
    private final EventKind kind;
    private final Operation<IngestionApi> operation;

    public ProtocolV0(ObjectMapper mapper, String operation, String projectKey, boolean historical, EventKind kind) {
        this.mapper = mapper;
        this.responses = mapper.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.projectKey = projectKey;
        this.historical = historical;
        this.kind = kind;
        this.operation = Operation.capture(operation);
    }

    @Override
    public String path() {
        return kind == EventKind.AI ? IngestionApi.AI_BATCH : IngestionApi.BATCH;
    }

    @Override
    public Operation<IngestionApi> operation() {
        return operation;
    }

    /** The sending time is set for each request: PostHog attributes the difference to the clock of this machine. */
    @Override
    public byte[] head(Batch batch, Instant now) {
        return (new StringBuilder("{\"api_key\":").append(quoted(projectKey))
                .append(historical ? ",\"historical_migration\":true" : "")
                .append(",\"sent_at\":\"").append(now).append("\",\"batch\":[")).toString().getBytes(StandardCharsets.UTF_8);
    }

    private String quoted(String text) {
        return mapper.getNodeFactory().textNode(text).toString();
    }

    @Override
    public byte[] tail() {
        return TAIL;
    }

    @Override
    public void write(CaptureEvent event, JsonGenerator json, EventJsonWriter writer) throws IOException {
        writer.write(event);
    }

    @Override
    public Uni<Response> send(IngestionApi api, Batch batch, RequestBody body, String encoding) {
        return kind == EventKind.AI ? api.aiBatch(encoding, body) : api.batch(encoding, body);
    }

    /**
     * PostHog responds with JSON, or without a body. Any other response with status 200, such as the login page of a network,
     * is not PostHog's.
     */
    @Override
    public Results results(Batch batch, byte[] answer) throws IOException {
        responses.readTree(answer);
        return new Results(batch.events(), List.of(), List.of());
    }

    @Override
    public boolean rejects(int status) {
        return status >= 400 && status < 500 && status != 408 && status != 429;
    }
}
