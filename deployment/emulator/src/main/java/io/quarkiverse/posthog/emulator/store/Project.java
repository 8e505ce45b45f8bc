package io.quarkiverse.posthog.emulator.store;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The one project of the emulator.
 * <p>
 * Confined to the emulator's event loop, hence without any synchronization.
 */
public final class Project {

    public static final String NAME = "Demo Shop";

    private final long id;
    private final String apiToken;
    private final Clock clock;
    private final EventStore events = new EventStore();
    private final PersonStore persons = new PersonStore();
    private final Groups groups = new Groups();
    private final StorageLimit storage;
    private final DocumentStore flags = new DocumentStore();
    private final FlagValueOverrides flagOverrides = new FlagValueOverrides();
    private final DocumentStore insights = new DocumentStore();
    private final DocumentStore dashboards = new DocumentStore();
    /** By the ID of the definition of an event or a property. */
    private final Map<String, String> descriptions = new HashMap<>();
    private final CohortStore cohorts = new CohortStore();
    private final ResourceStore resources = new ResourceStore();
    private FlagSettings flagSettings = FlagSettings.USUAL;
    private boolean cloud = true;

    /** @param maxBytes the maximum memory of the events, persons and groups */
    public Project(long id, String apiToken, Clock clock, long maxBytes) {
        this.id = id;
        this.apiToken = apiToken;
        this.clock = clock;
        this.storage = new StorageLimit(maxBytes, events, persons, groups);
    }

    public long id() {
        return id;
    }

    public String apiToken() {
        return apiToken;
    }

    /** Now, in the precision that events have. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    public EventStore events() {
        return events;
    }

    public PersonStore persons() {
        return persons;
    }

    public Optional<StoredPerson> personOf(StoredEvent event) {
        return persons.byDistinctId(event.distinctId());
    }

    public Groups groups() {
        return groups;
    }

    public StorageLimit storage() {
        return storage;
    }

    public DocumentStore flags() {
        return flags;
    }

    public FlagValueOverrides flagOverrides() {
        return flagOverrides;
    }

    public FlagSettings flagSettings() {
        return flagSettings;
    }

    public void flagSettings(FlagSettings value) {
        flagSettings = value;
    }

    public DocumentStore insights() {
        return insights;
    }

    public DocumentStore dashboards() {
        return dashboards;
    }

    /** Returns the descriptions of events and properties, by the ID of their definitions. */
    public Map<String, String> descriptions() {
        return descriptions;
    }

    public CohortStore cohorts() {
        return cohorts;
    }

    public ResourceStore resources() {
        return resources;
    }

    /** Whether limits of PostHog Cloud apply that a self-hosted instance does not have. */
    public boolean cloud() {
        return cloud;
    }

    public void cloud(boolean value) {
        cloud = value;
    }

    /** The owner of every personal key, in the short form that resources embed. */
    public ObjectNode owner() {
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        user.put("id", 1).put("uuid", "0191c0de-0000-7000-8000-000000000001").put("distinct_id", "emulator-user")
                .put("first_name", "Ada").put("last_name", "Example").put("email", "ada@example.com")
                .put("is_email_verified", true).putNull("hedgehog_config").put("role_at_organization", "engineering");
        return user;
    }

    /** Back to an empty project with the default settings. */
    public void clear() {
        events.clear();
        persons.clear();
        groups.clear();
        storage.clear();
        flags.clear();
        flagOverrides.clear();
        flagSettings = FlagSettings.USUAL;
        insights.clear();
        dashboards.clear();
        cohorts.clear();
        descriptions.clear();
        resources.clear();
        cloud = true;
    }
}
