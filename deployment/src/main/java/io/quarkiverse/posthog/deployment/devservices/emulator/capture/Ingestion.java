package io.quarkiverse.posthog.deployment.devservices.emulator.capture;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.deployment.devservices.emulator.store.Person;
import io.quarkiverse.posthog.deployment.devservices.emulator.store.PersonStore;
import io.quarkiverse.posthog.deployment.devservices.emulator.store.Project;
import io.quarkiverse.posthog.deployment.devservices.emulator.store.StoredEvent;

/** Stores events, and creates, changes and merges the persons that they are about. */
public final class Ingestion {

    private final Project project;

    public Ingestion(Project project) {
        this.project = project;
    }

    /** Stores an event; one whose uuid is known already has no effect. */
    public void ingest(StoredEvent event) {
        boolean isNew = project.events().add(event);
        boolean personless = event.properties().path("$process_person_profile").asText().equals("false");
        if (isNew && personless) {
            project.personOf(event).ifPresent(person -> person.seen(event.timestamp()));
        } else if (isNew) {
            updatePerson(event);
        }
    }

    private void updatePerson(StoredEvent event) {
        String otherDistinctId = switch (event.event()) {
            case "$identify" -> event.properties().path("$anon_distinct_id").asText("");
            case "$create_alias", "$merge_dangerously" -> event.properties().path("alias").asText("");
            default -> null;
        };
        boolean mayMerge = otherDistinctId != null && !otherDistinctId.isBlank()
                && (event.event().equals("$merge_dangerously") || !isIdentified(otherDistinctId));
        Person person = mayMerge ? merged(event.distinctId(), otherDistinctId, event.timestamp())
                : personFor(event.distinctId(), event.timestamp());
        if (otherDistinctId != null) {
            person.identify();
        }
        set(person, event.properties());
        person.seen(event.timestamp());
    }

    /** Somebody who has been identified is not merged into somebody else by an ordinary event. */
    private boolean isIdentified(String distinctId) {
        return project.persons().byDistinctId(distinctId).map(Person::identified).orElse(false);
    }

    /** The person of a distinct id, new if need be. */
    public Person personFor(String distinctId, Instant createdAt) {
        return project.persons().byDistinctId(distinctId)
                .orElseGet(() -> project.persons().create(distinctId, createdAt));
    }

    /** One person for both ids: the one of the first id survives, and an id without a person just joins the other. */
    private Person merged(String distinctId, String otherDistinctId, Instant createdAt) {
        PersonStore persons = project.persons();
        Optional<Person> other = persons.byDistinctId(otherDistinctId);
        if (persons.byDistinctId(distinctId).isEmpty() && other.isPresent()) {
            persons.addDistinctId(other.get(), distinctId);
            return other.get();
        }
        Person survivor = personFor(distinctId, createdAt);
        other.ifPresentOrElse(person -> persons.merge(survivor, person),
                () -> persons.addDistinctId(survivor, otherDistinctId));
        return survivor;
    }

    private static void set(Person person, ObjectNode properties) {
        properties.path("$set").properties().forEach(p -> person.properties().set(p.getKey(), p.getValue()));
        properties.path("$set_once").properties().stream().filter(p -> !person.properties().has(p.getKey()))
                .forEach(p -> person.properties().set(p.getKey(), p.getValue()));
        properties.path("$unset").valueStream().map(JsonNode::asText).forEach(person.properties()::remove);
    }
}
