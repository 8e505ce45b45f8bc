package io.quarkiverse.posthog.runtime.capture.event;

import java.util.Map;
import java.util.Set;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.runtime.context.DistinctIds;
import io.quarkiverse.posthog.runtime.support.LogText;

/**
 * Rejects events that do not say which person or group they are about. PostHog would drop them silently, or add them to a
 * person that all users share.
 */
final class EventIdentity {

    /** It is about a group, whose ID it gets if it has no person. */
    static final String GROUP_IDENTIFY = "$groupidentify";

    private static final String GROUPS = "$groups";
    private static final String ANONYMOUS_ID = "$anon_distinct_id";

    /** These change or merge the person of their distinct ID. */
    private static final Set<String> PERSON_EVENTS = Set.of("$identify", "$create_alias", "$merge_dangerously", "$set");

    /** These merge two persons, which PostHog rejects for placeholders. */
    private static final Set<String> MERGING = Set.of("$identify", "$create_alias", "$merge_dangerously");

    private EventIdentity() {
    }

    /** @throws IllegalArgumentException naming the missing value and the fix */
    static void check(CaptureEvent event) {
        String name = event.event();
        if (DistinctIds.isBlank(name)) {
            throw new IllegalArgumentException("The name of an event must not be blank");
        }
        if (PERSON_EVENTS.contains(name)) {
            checkPerson(event);
        } else if (event.distinctId() != null && DistinctIds.isBlank(event.distinctId()) && !name.equals(GROUP_IDENTIFY)) {
            throw new IllegalArgumentException(
                    "The distinct ID of event '" + LogText.of(name) + "' is null or blank; pass the ID"
                            + " of the person, or create the event without one for the person of the current request");
        }
        if (name.equals(GROUP_IDENTIFY)) {
            checkGroup(event.properties().get("$group_type"), event.properties().get("$group_key"));
        }
        if (event.properties().get(GROUPS) instanceof Map<?, ?> groups) {
            groups.forEach(EventIdentity::checkGroup);
        }
    }

    private static void checkPerson(CaptureEvent event) {
        if (DistinctIds.isBlank(event.distinctId())) {
            throw new IllegalArgumentException(
                    "Event '" + event.event() + "' needs the distinct ID of a person");
        }
        if (!MERGING.contains(event.event())) {
            return;
        }
        requireLegal("The distinct ID of '" + event.event() + "'", event.distinctId());
        if (event.event().equals("$identify")) {
            Object anonymous = event.properties().get(ANONYMOUS_ID);
            if (anonymous != null && !anonymous.toString().isEmpty()) {
                requireLegal("The property '" + ANONYMOUS_ID + "' of '$identify'", anonymous.toString());
            }
            return;
        }
        Object alias = event.properties().get("alias");
        String distinctId = LogText.of(event.distinctId());
        if (alias == null || DistinctIds.isBlank(alias.toString())) {
            throw new IllegalArgumentException("The alias of '" + distinctId + "' must not be blank");
        }
        requireLegal("The alias of '" + distinctId + "'", alias.toString());
        if (DistinctIds.isSame(event.distinctId(), alias.toString())) {
            throw new IllegalArgumentException("The alias of '" + distinctId + "' is the same ID, which merges nothing");
        }
    }

    private static void checkGroup(Object type, Object key) {
        if (isBlank(type) || isBlank(key)) {
            throw new IllegalArgumentException("A group needs a type and a key, but type and key are '" + text(type) + "' and '"
                    + text(key) + "'");
        }
        requireLegal("The type of group '" + text(key) + "'", type.toString());
        requireLegal("The key of the group of type '" + text(type) + "'", key.toString());
    }

    private static void requireLegal(String role, String id) {
        if (DistinctIds.isIllegal(id)) {
            throw new IllegalArgumentException(role + " is '" + LogText.of(id) + "', a placeholder on PostHog's list of illegal"
                    + " IDs; pass the real ID");
        }
    }

    private static boolean isBlank(Object text) {
        return text == null || DistinctIds.isBlank(text.toString());
    }

    private static String text(Object text) {
        return LogText.of(String.valueOf(text));
    }
}
