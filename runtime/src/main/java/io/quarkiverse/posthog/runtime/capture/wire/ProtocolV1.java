package io.quarkiverse.posthog.runtime.capture.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.capture.event.EventEnricher;
import io.quarkiverse.posthog.runtime.capture.event.EventJsonWriter;
import io.quarkiverse.posthog.runtime.capture.event.QueuedEvent;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.api.IngestionApi;
import io.quarkiverse.posthog.runtime.rest.api.RequestBody;
import io.quarkiverse.posthog.runtime.support.PostHogJsonWriter;
import io.smallrye.mutiny.Uni;

/** {@code /i/v1/analytics/events}. The response contains a result for each event. */
public final class ProtocolV1 implements Protocol {

    private static final byte[] TAIL = "]}".getBytes(StandardCharsets.UTF_8);

    /** Properties that are options of an event in this protocol, true or false. */
    private static final Map<String, String> OPTIONS = Map.of(
            "$cookieless_mode", "cookieless_mode",
            "$ignore_sent_at", "disable_skew_correction",
            "$process_person_profile", "process_person_profile");

    private static final String PRODUCT_TOUR = "$product_tour_id";
    private static final String SESSION = "$session_id";
    private static final String WINDOW = "$window_id";

    /** Properties that are not sent in the body, because PostHog takes the library from a header. */
    private static final Set<String> ELSEWHERE = Stream.concat(OPTIONS.keySet().stream(),
            Stream.of(PRODUCT_TOUR, SESSION, WINDOW, "$lib", "$lib_version", "distinct_id"))
            .collect(Collectors.toUnmodifiableSet());

    private final ObjectReader responses;
    private final String authorization;
    private final String library;
    private final boolean historical;
    private final Operation<IngestionApi> operation;

    public ProtocolV1(ObjectMapper mapper, String operation, String projectKey, String version, boolean historical) {
        this.responses = mapper.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.authorization = "Bearer " + projectKey;
        this.library = EventEnricher.LIBRARY + "/" + version;
        this.historical = historical;
        this.operation = Operation.capture(operation);
    }

    @Override
    public String path() {
        return IngestionApi.ANALYTICS_EVENTS;
    }

    @Override
    public Operation<IngestionApi> operation() {
        return operation;
    }

    @Override
    public byte[] head(Batch batch, Instant now) {
        return ("{\"created_at\":\"" + batch.createdAt() + "\"" + (historical ? ",\"historical_migration\":true" : "")
                + ",\"batch\":[").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] tail() {
        return TAIL;
    }

    @Override
    public void write(CaptureEvent event, JsonGenerator json, EventJsonWriter writer) throws IOException {
        json.writeStartObject();
        writer.identity(event);
        writeText(SESSION, "session_id", event, json);
        writeText(WINDOW, "window_id", event, json);
        writeOptions(event, json);
        writer.properties(event, ELSEWHERE);
        json.writeEndObject();
    }

    private static void writeOptions(CaptureEvent event, JsonGenerator json) throws IOException {
        boolean started = false;
        for (Map.Entry<String, Object> property : event.properties().entrySet()) {
            String option = OPTIONS.get(property.getKey());
            Boolean value = option == null ? null : bool(property.getValue());
            if (value != null) {
                started = start(started, json);
                json.writeBooleanField(option, value);
            }
        }
        if (event.properties().get(PRODUCT_TOUR) instanceof String) {
            started = start(started, json);
            writeText(PRODUCT_TOUR, "product_tour_id", event, json);
        }
        if (started) {
            json.writeEndObject();
        }
    }

    private static boolean start(boolean started, JsonGenerator json) throws IOException {
        if (!started) {
            json.writeObjectFieldStart("options");
        }
        return true;
    }

    private static void writeText(String property, String field, CaptureEvent event, JsonGenerator json) throws IOException {
        if (event.properties().get(property) instanceof String text) {
            json.writeStringField(field, PostHogJsonWriter.wellFormed(text));
        }
    }

    /** PostHog rejects the whole request for a value of another type, so other values are left out. */
    private static Boolean bool(Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        String text = value instanceof String string ? string.strip().toLowerCase(Locale.ROOT) : "";
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> null;
        };
    }

    @Override
    public Uni<Response> send(IngestionApi api, Batch batch, RequestBody body, String encoding) {
        return api.analyticsEvents(authorization, library, batch.attempt(), batch.requestId().toString(),
                Instant.now().toString(), encoding, body);
    }

    /**
     * PostHog's response is a JSON object. Every result other than a retry is final, including an unknown result, and so is
     * the lack of a result. Anything but a complete object is not PostHog's response; PostHog's test harness has no case for
     * that.
     */
    @Override
    public Results results(Batch batch, byte[] answer) throws IOException {
        JsonNode response = responses.readTree(answer);
        if (!response.isObject()) {
            throw new IOException("Not a JSON object");
        }
        JsonNode results = response.path("results");
        List<QueuedEvent> delivered = new ArrayList<>(batch.events().size());
        List<QueuedEvent> again = new ArrayList<>();
        List<Rejection> rejected = new ArrayList<>();
        for (QueuedEvent event : batch.events()) {
            JsonNode result = results.path(event.uuid().toString());
            switch (result.path("result").asText()) {
                case "retry" -> again.add(event);
                case "drop" -> rejected.add(new Rejection(event, result.path("details").asText("no reason given")));
                default -> delivered.add(event);
            }
        }
        return new Results(delivered, again, rejected);
    }

    /** Too many requests (429) are final in this protocol. */
    @Override
    public boolean rejects(int status) {
        return status >= 400 && status < 500 && status != 408;
    }
}
