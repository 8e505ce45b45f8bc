package io.quarkiverse.posthog.emulator.api;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.hogql.HogQLEngine;
import io.quarkiverse.posthog.emulator.hogql.HogQLException;
import io.quarkiverse.posthog.emulator.hogql.HogQLResult;
import io.quarkiverse.posthog.emulator.hogql.HogQLRow;
import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.PersonStore;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StoredEvent;
import io.quarkiverse.posthog.emulator.store.StoredPerson;

/** Runs HogQL over the stored events. */
final class EventTable {

    private final Project project;

    EventTable(Project project) {
        this.project = project;
    }

    /** Runs a {@code HogQLQuery}. An unsupported query is an error of the client. */
    HogQLResult run(JsonNode query) {
        Map<String, JsonNode> values = new HashMap<>();
        query.path("values").properties().forEach(value -> values.put(value.getKey(), value.getValue()));
        try {
            return HogQLEngine.run(query.path("query").asText(), values,
                    (range, descending) -> project.events().stream(range, descending).map(this::row), project.now());
        } catch (HogQLException e) {
            throw ApiException.invalid(e.getMessage());
        }
    }

    private HogQLRow row(StoredEvent event) {
        StoredPerson person = project.personOf(event).orElse(null);
        return new HogQLRow(event.uuid(), event.event(), event.distinctId(),
                person == null ? PersonStore.uuidFor(event.distinctId()) : person.uuid(), event.timestamp(),
                event.properties(), person == null ? EmulatorJson.object() : person.properties());
    }

    static ArrayNode types(HogQLResult result) {
        ArrayNode types = EmulatorJson.array();
        for (int i = 0; i < result.columns().size(); i++) {
            types.addArray().add(result.columns().get(i)).add(result.types().get(i));
        }
        return types;
    }

    /** Returns the response of the query endpoint. */
    ObjectNode answer(JsonNode query) {
        HogQLResult result = run(query);
        String text = query.path("query").asText();
        ObjectNode json = EmulatorJson.object()
                .put("cache_key", "cache_" + project.id() + "_" + Integer.toHexString(text.hashCode()))
                .putNull("cache_target_age").putNull("calculation_trigger").putNull("clickhouse");
        json.set("columns", EmulatorJson.array(result.columns()));
        json.putNull("error").putNull("explain").put("hasMore", result.hasMore()).put("hogql", text).put("is_cached", false)
                .put("last_refresh", TimestampFormats.zulu(project.now())).put("limit", result.limit()).putNull("metadata");
        json.set("modifiers", EmulatorJson.object());
        json.putNull("next_allowed_client_refresh").put("offset", result.offset()).put("query", text)
                .putNull("query_status").putNull("resolved_date_range");
        json.set("results", result.rows());
        json.put("timezone", "UTC");
        json.set("timings", EmulatorJson.array());
        json.set("types", types(result));
        return json;
    }
}
