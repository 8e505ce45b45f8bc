package io.quarkiverse.posthog.emulator.api;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.hogql.HogQlEngine;
import io.quarkiverse.posthog.emulator.hogql.HogQlException;
import io.quarkiverse.posthog.emulator.hogql.HogQlResult;
import io.quarkiverse.posthog.emulator.hogql.HogQlRow;
import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.Json;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.Person;
import io.quarkiverse.posthog.emulator.store.PersonStore;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StoredEvent;

/** Runs HogQL over the stored events. */
final class EventTable {

    private final Project project;

    EventTable(Project project) {
        this.project = project;
    }

    /** Runs a {@code HogQLQuery}. An unsupported query is an error of the client. */
    HogQlResult run(JsonNode query) {
        Map<String, JsonNode> values = new HashMap<>();
        query.path("values").properties().forEach(value -> values.put(value.getKey(), value.getValue()));
        try {
            return HogQlEngine.run(query.path("query").asText(), values,
                    (range, descending) -> project.events().stream(range, descending).map(this::row), project.now());
        } catch (HogQlException e) {
            throw ApiException.invalid(e.getMessage());
        }
    }

    private HogQlRow row(StoredEvent event) {
        Person person = project.personOf(event).orElse(null);
        return new HogQlRow(event.uuid(), event.event(), event.distinctId(),
                person == null ? PersonStore.uuidFor(event.distinctId()) : person.uuid(), event.timestamp(),
                event.properties(), person == null ? Json.object() : person.properties());
    }

    static ArrayNode types(HogQlResult result) {
        ArrayNode types = Json.array();
        for (int i = 0; i < result.columns().size(); i++) {
            types.addArray().add(result.columns().get(i)).add(result.types().get(i));
        }
        return types;
    }

    /** Returns the response of the query endpoint. */
    ObjectNode answer(JsonNode query) {
        HogQlResult result = run(query);
        String text = query.path("query").asText();
        ObjectNode json = Json.object().put("cache_key", "cache_" + project.id() + "_" + Integer.toHexString(text.hashCode()))
                .putNull("cache_target_age").putNull("calculation_trigger").putNull("clickhouse");
        json.set("columns", Json.array(result.columns()));
        json.putNull("error").putNull("explain").put("hasMore", result.hasMore()).put("hogql", text).put("is_cached", false)
                .put("last_refresh", TimestampFormats.zulu(project.now())).put("limit", result.limit()).putNull("metadata");
        json.set("modifiers", Json.object());
        json.putNull("next_allowed_client_refresh").put("offset", result.offset()).put("query", text)
                .putNull("query_status").putNull("resolved_date_range");
        json.set("results", result.rows());
        json.put("timezone", "UTC");
        json.set("timings", Json.array());
        json.set("types", types(result));
        return json;
    }
}
