package io.quarkiverse.posthog.emulator.capture;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.ServiceJson;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.Delivery;
import io.quarkiverse.posthog.emulator.store.StoredEvent;

/** Reads the body of a capture request: one event, a batch, or a bare list of events. */
final class CaptureParser {

    /** The maximum length of names and distinct IDs, which are silently truncated. */
    private static final int MAX_CHARS = 200;

    private final String projectToken;

    CaptureParser(String projectToken) {
        this.projectToken = projectToken;
    }

    /**
     * Returns all events of the body. One invalid event causes the whole body to be rejected.
     *
     * @param querySentAt the time at which the client sent the request by its own clock, unless the body contains it
     */
    List<StoredEvent> parse(String text, Optional<Instant> querySentAt, Instant now, Delivery delivery) {
        JsonNode body = json(text);
        List<JsonNode> raw = body.isArray() ? body.valueStream().toList()
                : body.path("batch").isArray() ? body.get("batch").valueStream().toList() : List.of(body);
        if (raw.isEmpty()) {
            throw new CaptureException(400, "request holds no event");
        }
        requireToken(body, raw);
        if (delivery.endpoint().equals(AiEventValidator.PATH)) {
            raw.forEach(AiEventValidator::check);
        }
        EventClock clock = EventClock.of(now, time(body.path("sent_at")).or(() -> querySentAt));
        boolean historical = body.path("historical_migration").booleanValue();
        List<StoredEvent> events = new ArrayList<>();
        raw.forEach(event -> events.add(event(event, clock, historical, delivery)));
        return events;
    }

    private static JsonNode json(String text) {
        try {
            JsonNode body = ServiceJson.parse(text);
            if (body.isContainerNode()) {
                return body;
            }
            throw new CaptureException(400, "request is neither an event nor a batch");
        } catch (JsonProcessingException e) {
            throw new CaptureException(400, "failed to parse request: " + e.getOriginalMessage());
        }
    }

    /**
     * Requires a token in the body or the same token in each event. The properties of an event are the last place to search,
     * because their {@code token} may have another meaning.
     */
    private void requireToken(JsonNode body, List<JsonNode> events) {
        List<String> tokens = token(body).map(List::of)
                .orElseGet(() -> events.stream().flatMap(event -> token(event).or(() -> token(event.path("properties")))
                        .stream()).distinct().toList());
        if (tokens.isEmpty()) {
            throw new CaptureException(401, "event submitted without an api_key");
        } else if (tokens.size() > 1) {
            throw new CaptureException(401, "multiple tokens in one request");
        } else if (tokens.get(0).startsWith("phx_")) {
            throw new CaptureException(401, "API key is not valid: personal_api_key");
        } else if (!tokens.get(0).equals(projectToken)) {
            throw new CaptureException(401, "API key is not valid");
        }
    }

    private static Optional<String> token(JsonNode node) {
        return Stream.of("api_key", "token", "$token").map(node::path).filter(JsonNode::isTextual).map(JsonNode::textValue)
                .findFirst();
    }

    private static StoredEvent event(JsonNode raw, EventClock clock, boolean historical, Delivery delivery) {
        if (raw.path("event").asText().isBlank()) {
            throw new CaptureException(400, "event submitted with an empty event name");
        }
        ObjectNode properties = raw.path("properties").isObject() ? raw.get("properties").deepCopy() : EmulatorJson.object();
        JsonNode distinctId = raw.hasNonNull("distinct_id") ? raw.get("distinct_id") : properties.path("distinct_id");
        String id = distinctId.isValueNode() ? distinctId.asText("") : distinctId.toString();
        if (distinctId.isNull() || id.isBlank()) {
            throw new CaptureException(400, "event submitted without a distinct_id");
        }
        Stream.of("$set", "$set_once", "$unset").filter(raw::has).forEach(key -> properties.set(key, raw.get(key)));
        return new StoredEvent(uuid(raw.path("uuid").asText("")), cut(raw.get("event").asText()), cut(id),
                timestamp(raw, properties, clock), properties, historical, delivery);
    }

    private static UUID uuid(String given) {
        return given.isEmpty() ? UUID.randomUUID()
                : ApiRequest.uuid(given).orElseThrow(() -> new CaptureException(400, "invalid uuid"));
    }

    private static String cut(String text) {
        return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS);
    }

    /** Returns the time of the event by the server's clock: from the offset, from the client's clock, or the current time. */
    private static Instant timestamp(JsonNode raw, ObjectNode properties, EventClock clock) {
        boolean ignoreSentAt = properties.path("$ignore_sent_at").booleanValue();
        return clock.notAhead(Optional.of(raw.path("offset")).filter(JsonNode::canConvertToLong)
                .map(offset -> clock.now().minusMillis(offset.longValue()))
                .or(() -> time(raw.path("timestamp")).map(given -> ignoreSentAt ? given : clock.corrected(given)))
                .orElse(clock.now()));
    }

    /** A malformed time is ignored. */
    private static Optional<Instant> time(JsonNode node) {
        try {
            return node.isTextual() ? Optional.of(TimestampFormats.parse(node.textValue())) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
