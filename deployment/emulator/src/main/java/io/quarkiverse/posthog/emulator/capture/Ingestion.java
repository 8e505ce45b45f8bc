package io.quarkiverse.posthog.emulator.capture;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.EmulatorJson;
import io.quarkiverse.posthog.emulator.store.PersonStore;
import io.quarkiverse.posthog.emulator.store.Project;
import io.quarkiverse.posthog.emulator.store.StoredEvent;
import io.quarkiverse.posthog.emulator.store.StoredPerson;

/** Stores events, and creates, changes and merges the persons and groups that they are about. */
public final class Ingestion {

    /** Without person processing these would have no effect, hence they are not even stored. */
    private static final Set<String> ABOUT_PROFILES = Set.of("$identify", "$create_alias", "$merge_dangerously",
            "$groupidentify");
    private static final Set<String> PERSON_PROPERTIES = Set.of("$set", "$set_once", "$unset");

    private final Project project;

    public Ingestion(Project project) {
        this.project = project;
    }

    /** Stores an event. A duplicate has no effect. */
    public void ingest(StoredEvent event) {
        JsonNode profile = event.properties().path("$process_person_profile");
        if (profile.isBoolean() && !profile.booleanValue()) {
            if (!ABOUT_PROFILES.contains(event.event())) {
                event.properties().remove(PERSON_PROPERTIES);
                ingestWithoutPerson(event);
            }
        } else if (project.events().add(event)) {
            updatePerson(event);
            updateGroup(event);
            project.storage().enforce();
        }
    }

    /** Stores an event that neither makes nor changes a person. */
    public void ingestWithoutPerson(StoredEvent event) {
        if (project.events().add(event)) {
            project.personOf(event).ifPresent(person -> person.seen(event.timestamp()));
            project.storage().enforce();
        }
    }

    private void updateGroup(StoredEvent event) {
        event.properties().path("$groups").fieldNames().forEachRemaining(project.groups()::addType);
        String type = event.properties().path("$group_type").asText("");
        String key = event.properties().path("$group_key").asText("");
        if (event.event().equals("$groupidentify") && !type.isEmpty() && !key.isEmpty()) {
            project.groups().set(type, key, event.properties().path("$group_set") instanceof ObjectNode properties
                    ? properties
                    : EmulatorJson.object());
        }
    }

    private void updatePerson(StoredEvent event) {
        String otherDistinctId = switch (event.event()) {
            case "$identify" -> event.properties().path("$anon_distinct_id").asText("");
            case "$create_alias", "$merge_dangerously" -> event.properties().path("alias").asText("");
            default -> null;
        };
        boolean mayMerge = otherDistinctId != null && !otherDistinctId.isBlank()
                && !IllegalDistinctIds.contains(otherDistinctId) && !IllegalDistinctIds.contains(event.distinctId())
                && (event.event().equals("$merge_dangerously") || !isIdentified(otherDistinctId));
        StoredPerson person = mayMerge ? merged(event.distinctId(), otherDistinctId, event.timestamp())
                : personFor(event.distinctId(), event.timestamp());
        if (otherDistinctId != null) {
            person.identify();
        }
        if (PERSON_PROPERTIES.stream().anyMatch(event.properties()::has)) {
            set(person, event.properties());
            project.persons().measure(person);
        }
        person.seen(event.timestamp());
    }

    /** An ordinary event does not merge an identified person into another person. */
    private boolean isIdentified(String distinctId) {
        return project.persons().byDistinctId(distinctId).map(StoredPerson::identified).orElse(false);
    }

    /** Returns the person of a distinct ID, which is created if it does not exist. */
    public StoredPerson personFor(String distinctId, Instant createdAt) {
        return project.persons().byDistinctId(distinctId)
                .orElseGet(() -> project.persons().create(distinctId, createdAt));
    }

    /** One person for both ids: the one of the first id survives, and an id without a person just joins the other. */
    private StoredPerson merged(String distinctId, String otherDistinctId, Instant createdAt) {
        PersonStore persons = project.persons();
        Optional<StoredPerson> other = persons.byDistinctId(otherDistinctId);
        if (persons.byDistinctId(distinctId).isEmpty() && other.isPresent()) {
            persons.addDistinctId(other.get(), distinctId);
            return other.get();
        }
        StoredPerson survivor = personFor(distinctId, createdAt);
        other.ifPresentOrElse(person -> persons.merge(survivor, person),
                () -> persons.addDistinctId(survivor, otherDistinctId));
        return survivor;
    }

    private static void set(StoredPerson person, ObjectNode properties) {
        properties.path("$set").properties().forEach(p -> person.properties().set(p.getKey(), p.getValue()));
        properties.path("$set_once").properties().stream().filter(p -> !person.properties().has(p.getKey()))
                .forEach(p -> person.properties().set(p.getKey(), p.getValue()));
        properties.path("$unset").valueStream().map(JsonNode::asText).forEach(person.properties()::remove);
    }
}
