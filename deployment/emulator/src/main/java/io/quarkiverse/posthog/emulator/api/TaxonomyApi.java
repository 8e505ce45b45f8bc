package io.quarkiverse.posthog.emulator.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.ApiRoutes;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.EmulatorResponse;
import io.quarkiverse.posthog.emulator.http.ListPage;
import io.quarkiverse.posthog.emulator.http.RateLimitGroup;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StoredEvent;
import io.quarkiverse.posthog.emulator.store.TimeRange;

/** The definitions of events and event properties. They exist for the names in the stored events. */
public final class TaxonomyApi {

    private static final String EVENTS = "/event_definitions";
    private static final String PROPERTIES = "/property_definitions";

    private final Project project;

    public TaxonomyApi(Project project) {
        this.project = project;
    }

    public void addTo(ApiRoutes routes) {
        routes.resource(RateLimitGroup.DEFAULT, "event_definition:read")
                .get(EVENTS, request -> list(EVENTS, request))
                .get(EVENTS + "/:id", request -> EmulatorResponse.ok(require(EVENTS, request)));
        routes.resource(RateLimitGroup.DEFAULT, "event_definition:write")
                .patch(EVENTS + "/:id", request -> describe(EVENTS, request));
        routes.resource(RateLimitGroup.DEFAULT, "property_definition:read")
                .get(PROPERTIES, request -> list(PROPERTIES, request))
                .get(PROPERTIES + "/:id", request -> EmulatorResponse.ok(require(PROPERTIES, request)));
        routes.resource(RateLimitGroup.DEFAULT, "property_definition:write")
                .patch(PROPERTIES + "/:id", request -> describe(PROPERTIES, request));
    }

    private EmulatorResponse list(String kind, ApiRequest request) {
        String search = request.param("search").orElse("").toLowerCase(Locale.ROOT);
        List<ObjectNode> found = definitions(kind).values().stream()
                .filter(definition -> definition.get("name").asText().toLowerCase(Locale.ROOT).contains(search))
                .toList();
        return new ListPage(request).counted(found, definition -> definition);
    }

    private EmulatorResponse describe(String kind, ApiRequest request) {
        ObjectNode definition = require(kind, request);
        JsonNode description = request.body().path("description");
        if (description.isTextual()) {
            project.descriptions().put(definition.get("id").asText(), description.asText());
        }
        return EmulatorResponse.ok(require(kind, request));
    }

    private ObjectNode require(String kind, ApiRequest request) {
        return definitions(kind).values().stream()
                .filter(definition -> definition.get("id").asText().equals(request.path("id")))
                .findFirst().orElseThrow(ApiException::notFound);
    }

    private Map<String, ObjectNode> definitions(String kind) {
        Map<String, ObjectNode> definitions = new TreeMap<>();
        project.events().stream(TimeRange.ALL, false).forEach(event -> {
            if (kind.equals(EVENTS)) {
                definitions.computeIfAbsent(event.event(), name -> definition(kind, name));
            } else {
                addProperties(definitions, event);
            }
        });
        return definitions;
    }

    /** PostHog keeps the first type that it detects. */
    private void addProperties(Map<String, ObjectNode> definitions, StoredEvent event) {
        event.properties().properties().forEach(property -> {
            ObjectNode definition = definitions.computeIfAbsent(property.getKey(),
                    name -> definition(PROPERTIES, name).putNull("property_type").put("is_numerical", false));
            String type = PropertyTypeDetector.detect(property.getValue());
            if (definition.get("property_type") instanceof NullNode && type != null) {
                definition.put("property_type", type).put("is_numerical", type.equals("Numeric"));
            }
        });
    }

    private ObjectNode definition(String kind, String name) {
        String id = UUID.nameUUIDFromBytes((kind + "/" + name).getBytes(StandardCharsets.UTF_8)).toString();
        ObjectNode definition = EmulatorJson.object().put("id", id).put("name", name)
                .put("description", project.descriptions().getOrDefault(id, ""));
        definition.putArray("tags");
        return definition.put("verified", false).put("hidden", false);
    }
}
