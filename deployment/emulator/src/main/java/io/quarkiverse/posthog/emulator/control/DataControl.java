package io.quarkiverse.posthog.emulator.control;

import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.api.ResourcesApi;
import io.quarkiverse.posthog.emulator.capture.Ingestion;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.http.TimestampFormats;
import io.quarkiverse.posthog.emulator.store.Delivery;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StoredEvent;
import io.quarkiverse.posthog.emulator.store.StoredPerson;
import io.quarkiverse.posthog.emulator.store.TimeRange;
import io.vertx.ext.web.RoutingContext;

/** Stores events and persons unchanged, and returns the stored data. */
final class DataControl {

    private static final int MAX_GENERATED = 1_000_000;
    private static final Set<String> EVENT_FIELDS = Set.of("uuid", "event", "distinct_id", "timestamp", "properties",
            "elements", "elements_chain");
    private static final Set<String> PERSON_FIELDS = Set.of("distinct_id", "distinct_ids", "uuid", "created_at",
            "properties", "is_identified");

    private static final Pattern RESOURCE = Pattern.compile("[a-z_]{1,100}");

    private final Project project;
    private final Ingestion ingestion;

    DataControl(Project project) {
        this.project = project;
        this.ingestion = new Ingestion(project);
    }

    JsonNode events(RoutingContext context) {
        ArrayNode events = EmulatorJson.array();
        boolean arrivedOnly = "true".equals(context.queryParams().get("arrived"));
        var found = arrivedOnly ? project.events().arrived() : project.events().stream(TimeRange.ALL, false);
        found.forEach(event -> {
            ObjectNode json = events.addObject().put("uuid", event.uuid().toString()).put("event", event.event())
                    .put("distinct_id", event.distinctId()).put("timestamp", TimestampFormats.zulu(event.timestamp()));
            json.set("properties", event.properties());
            json.put("person_uuid", project.personOf(event).map(person -> person.uuid().toString()).orElse(null));
            json.put("historical_migration", event.historicalMigration());
            addDelivery(json, event.delivery());
        });
        return events;
    }

    private static void addDelivery(ObjectNode json, Delivery delivery) {
        if (delivery == null) {
            json.putNull("request_id").putNull("delivery");
        } else {
            json.put("request_id", delivery.request().toString()).putObject("delivery")
                    .put("endpoint", delivery.endpoint()).put("attempt", delivery.attempt())
                    .put("client_request_id", delivery.clientRequestId())
                    .put("content_encoding", delivery.contentEncoding()).put("wire_size", delivery.wireSize());
        }
    }

    /** Persons and groups keep the changes of these events. */
    JsonNode removeArrivedEvents() {
        int before = project.events().size();
        project.events().removeIf(event -> event.delivery() != null);
        return EmulatorJson.object().put("removed", before - project.events().size());
    }

    JsonNode persons(RoutingContext context) {
        String distinctId = context.queryParams().get("distinct_id");
        ArrayNode persons = EmulatorJson.array();
        project.persons().stream().filter(person -> distinctId == null || person.distinctIds().contains(distinctId))
                .forEach(person -> {
                    ObjectNode json = persons.addObject().put("uuid", person.uuid().toString());
                    json.set("distinct_ids", EmulatorJson.array(person.distinctIds()));
                    json.put("created_at", TimestampFormats.zulu(person.createdAt())).put("is_identified", person.identified());
                    json.set("properties", person.properties());
                });
        return persons;
    }

    /** Replaces all items of a resource, which may be one that the emulator does not have otherwise. */
    JsonNode putResource(RoutingContext context) {
        String name = context.pathParam("name");
        if (!RESOURCE.matcher(name).matches() || !ResourcesApi.isGeneric(name)) {
            throw new ControlException("'" + name + "' is not the name of a resource without code of its own");
        }
        JsonNode body = ControlInput.body(context);
        if (!body.isArray() || !body.valueStream().allMatch(JsonNode::isObject)) {
            throw new ControlException("expected a JSON array of objects");
        }
        project.resources().replace(name,
                body.valueStream().map(item -> ResourcesApi.complete(project, name, (ObjectNode) item)).toList());
        return EmulatorJson.object().put("stored", project.resources().all(name).size());
    }

    /** The properties of all groups, by type and key. */
    JsonNode groups() {
        ObjectNode types = EmulatorJson.object();
        project.groups().forEach((type, groups) -> types.putObject(type).setAll(groups));
        return types;
    }

    /** All or nothing: the events are read before the first one is stored. */
    JsonNode addEvents(RoutingContext context) {
        JsonNode body = ControlInput.body(context);
        if (!body.isArray()) {
            throw new ControlException("expected a JSON array of events");
        }
        int before = project.events().size();
        body.valueStream().map(this::event).toList().forEach(ingestion::ingest);
        return EmulatorJson.object().put("added", project.events().size() - before);
    }

    private StoredEvent event(JsonNode node) {
        ControlInput input = ControlInput.of(node, EVENT_FIELDS);
        return new StoredEvent(input.uuid("uuid").orElseGet(UUID::randomUUID), input.requiredText("event"),
                input.requiredText("distinct_id"), input.time("timestamp").orElseGet(project::now),
                input.object("properties").orElseGet(EmulatorJson::object),
                input.array("elements").map(ArrayNode.class::cast).orElseGet(EmulatorJson::array),
                input.text("elements_chain").orElse(""), false, null);
    }

    JsonNode addPersons(RoutingContext context) {
        JsonNode body = ControlInput.body(context);
        int before = project.persons().size();
        if (body.isArray()) {
            body.forEach(this::addPerson);
        } else {
            ControlInput input = ControlInput.of(body, Set.of("count"));
            int count = input.number("count", 1, MAX_GENERATED).orElseThrow(() -> new ControlException("'count' is missing"));
            for (int i = 0; i < count; i++) {
                String distinctId = "generated-" + (before + i + 1);
                StoredPerson person = ingestion.personFor(distinctId, project.now());
                person.properties().put("email", distinctId + "@example.com");
                project.persons().measure(person);
                project.storage().enforce();
            }
        }
        return EmulatorJson.object().put("added", project.persons().size() - before);
    }

    private void addPerson(JsonNode node) {
        ControlInput input = ControlInput.of(node, PERSON_FIELDS);
        var distinctIds = input.array("distinct_ids").orElseGet(EmulatorJson::array).valueStream().map(JsonNode::asText)
                .toList();
        String first = input.text("distinct_id").or(() -> distinctIds.stream().findFirst())
                .orElseThrow(() -> new ControlException("'distinct_id' or 'distinct_ids' is missing"));
        var createdAt = input.time("created_at").orElseGet(project::now);
        StoredPerson person = input.uuid("uuid").map(uuid -> project.persons().create(first, uuid, createdAt))
                .orElseGet(() -> project.persons().create(first, createdAt));
        distinctIds.forEach(distinctId -> project.persons().addDistinctId(person, distinctId));
        input.object("properties").ifPresent(person.properties()::setAll);
        project.persons().measure(person);
        project.storage().enforce();
        if (input.bool("is_identified").orElse(false)) {
            person.identify();
        }
    }
}
