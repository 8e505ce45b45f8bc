package io.quarkiverse.posthog.emulator.api;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.ApiRoutes;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.RateLimitGroup;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StoredEvent;
import io.quarkiverse.posthog.emulator.store.StoredPerson;
import io.quarkiverse.posthog.emulator.store.TimeRange;

/** Reading events. */
public final class EventsApi {

    private static final int MAX_VALUES = 50;
    private static final List<String> PERSON_PROPERTIES = List.of("email", "name", "username");

    private final Project project;

    public EventsApi(Project project) {
        this.project = project;
    }

    public void addTo(ApiRoutes routes) {
        routes.resource(RateLimitGroup.CLICKHOUSE, "query:read")
                .get("/events", this::list)
                .get("/events/values", this::values)
                .get("/events/:id", this::get);
    }

    private EmulatorResponse list(ApiRequest request) {
        EventListQuery query = new EventListQuery(project, request);
        List<StoredEvent> rows = query.rows();
        boolean more = rows.size() > query.limit();
        boolean includePerson = request.truthy("include_person");
        ArrayNode results = EmulatorJson.array();
        rows.stream().limit(query.limit()).forEach(row -> results.add(toJson(row, includePerson)));
        ObjectNode page = EmulatorJson.object();
        page.put("next", more && query.limit() > 0 ? next(request, query, rows.get(query.limit() - 1)) : null);
        page.set("results", results);
        return warned(EmulatorResponse.ok(page));
    }

    private static String next(ApiRequest request, EventListQuery query, StoredEvent last) {
        return request.urlWith(Map.of(query.descending() ? "before" : "after", TimestampFormats.offset(last.timestamp())));
    }

    private EmulatorResponse get(ApiRequest request) {
        UUID uuid = ApiRequest.uuid(request.path("id")).orElseThrow(() -> ApiException.of(400, EmulatorJson.object()
                .put("detail", "Invalid UUID").put("code", "invalid").put("type", "validation_error")));
        StoredEvent event = project.events().find(uuid).orElseThrow(
                () -> ApiException.notFound("No events exist for event UUID " + uuid));
        return warned(EmulatorResponse.ok(toJson(event, request.truthy("include_person"))));
    }

    private EmulatorResponse values(ApiRequest request) {
        String key = request.text("key")
                .orElseThrow(() -> ApiException.invalid("required", "You must provide a key", "key"));
        String eventName = request.text("event_name").orElseThrow(
                () -> ApiException.invalid("required", "You must provide event_name with a personal API key", "event_name"));
        String part = request.param("value").orElse("");
        ArrayNode names = EmulatorJson.array();
        project.events().stream(TimeRange.ALL, true)
                .filter(event -> event.event().equals(eventName)).map(event -> event.properties().path(key))
                .filter(value -> !value.isMissingNode() && !value.isNull())
                .map(value -> value.isValueNode() ? value.asText() : value.toString())
                .filter(value -> value.contains(part)).distinct().limit(MAX_VALUES)
                .forEach(value -> names.addObject().put("name", value));
        return EmulatorResponse.ok(names);
    }

    private static EmulatorResponse warned(EmulatorResponse answer) {
        return answer.with("X-PostHog-Warn", "This endpoint is deprecated, use the query endpoint or batch exports instead.");
    }

    private ObjectNode toJson(StoredEvent event, boolean includePerson) {
        ObjectNode json = EmulatorJson.object().put("id", event.uuid().toString()).put("distinct_id", event.distinctId());
        json.set("properties", asRead(event.properties()));
        json.put("event", event.event()).put("timestamp", TimestampFormats.offset(event.timestamp()));
        json.set("person", includePerson
                ? project.personOf(event).map(person -> personOf(event, person)).orElse(null)
                : null);
        json.set("elements", event.elements());
        return json.put("elements_chain", event.elementsChain());
    }

    /**
     * Text values lose the quotes around them, an effect of how PostHog reads its JSON column, and numbers that JSON does
     * not have are null.
     */
    private static ObjectNode asRead(ObjectNode properties) {
        ObjectNode copy = EmulatorJson.object();
        properties.properties().forEach(property -> {
            String text = property.getValue().asText();
            boolean quoted = property.getValue().isTextual() && text.length() > 1 && text.startsWith("\"")
                    && text.endsWith("\"");
            if (quoted) {
                copy.put(property.getKey(), text.substring(1, text.length() - 1));
            } else if (property.getValue() instanceof NumericNode number && number.isNaN()) {
                copy.putNull(property.getKey());
            } else {
                copy.set(property.getKey(), property.getValue());
            }
        });
        return copy;
    }

    private static ObjectNode personOf(StoredEvent event, StoredPerson person) {
        ObjectNode json = EmulatorJson.object().put("is_identified", person.identified());
        json.set("distinct_ids", EmulatorJson.array(List.of(event.distinctId())));
        json.set("properties", person.properties().deepCopy().retain(PERSON_PROPERTIES));
        return json;
    }
}
