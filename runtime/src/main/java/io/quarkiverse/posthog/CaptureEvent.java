package io.quarkiverse.posthog;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import io.quarkiverse.posthog.context.PostHogContext;
import io.quarkiverse.posthog.flags.FlagSnapshot;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * An event for PostHog.
 * <p>
 * Immutable: each method returns a modified copy. Blank names and values that cannot be converted to JSON are
 * rejected when the event is captured, not when it is built. The methods for groups, person properties and similar data set the
 * corresponding event properties, such as {@code $groups}, so {@link #properties()} contains all data.
 *
 * @param event the event name, such as {@code purchase}; at most 200 characters: PostHog truncates longer names, and
 *        rejects them in protocol {@code v1}
 * @param distinctId the distinct ID of the person, of at most 200 characters. Null for the person of the current request,
 *        see {@link PostHogContext}; if no person can be identified, the event gets a random ID and creates no person profile.
 *        Empty if the ID was given, but missing: {@link #of(String, String)} and {@link #distinctId(String)} turn null into
 *        the empty string, because an event without the ID that it should have is invalid and must not become another
 *        person's event
 * @param properties the event properties, in the order they were set; values of any type that Jackson can write; null is sent
 *        as JSON null. {@code $lib}, {@code $lib_version} and {@code $is_server} are set by the extension
 * @param timestamp the time of the event, sent as UTC with its full precision and not corrected by PostHog; null for the
 *        time of capture, which PostHog corrects if the clock of this machine is wrong
 * @param uuid the UUID, by which PostHog recognizes duplicates; null to generate a UUIDv7
 */
public record CaptureEvent(String event, String distinctId, Map<String, Object> properties, Instant timestamp, UUID uuid) {

    /** The distinct ID of events for which null was set explicitly. Events without a distinct ID have null. */
    private static final String MISSING_ID = "";

    public CaptureEvent {
        properties = EventProperties.of(properties);
    }

    /**
     * Returns an event of the person of the current request, without properties, at the current time. If no person can be
     * identified, it gets a random distinct ID and, unless {@code $process_person_profile} is set, creates no person profile.
     */
    public static CaptureEvent of(String event) {
        return new CaptureEvent(event, null, null, null, null);
    }

    /**
     * Returns an event of a person, without properties, at the current time.
     *
     * @param distinctId the person. An event with a null or blank ID is invalid: when it is captured, it is dropped, counted
     *        and logged; use {@link #of(String)} for the person of the current request. A placeholder such as {@code "null"},
     *        which PostHog never merges, is sent as given and logged once per ID
     */
    public static CaptureEvent of(String event, String distinctId) {
        return of(event).distinctId(distinctId);
    }

    /**
     * Returns the event {@code $identify}, which sets person properties.
     *
     * @param distinctId the person; neither blank nor one of PostHog's illegal distinct IDs, such as {@code "null"}
     * @param set person properties, replacing earlier values; may be empty
     */
    public static CaptureEvent identify(String distinctId, Map<String, ?> set) {
        return of("$identify", distinctId).set(set);
    }

    /**
     * Returns the event {@code $create_alias}, which assigns two distinct IDs to the same person.
     *
     * @param previousId the distinct ID used so far; neither blank nor one of PostHog's illegal distinct IDs, such as
     *        {@code "null"}
     * @param newId the distinct ID of the same person from now on, with the same limitations; must differ from the previous one
     */
    public static CaptureEvent alias(String previousId, String newId) {
        return of("$create_alias", previousId).property("distinct_id", previousId).property("alias", newId);
    }

    /**
     * Returns the event {@code $groupidentify}, which sets group properties. Without a distinct ID of its own, it gets
     * the ID of the person of the current request, or {@code $type_key}, which does not involve a person, if no person
     * can be identified. Null or blank as its distinct ID also means {@code $type_key}.
     *
     * @param type the group type, such as {@code company}; neither blank nor a placeholder such as {@code "null"}
     * @param key the group of that type, with the same limitations
     * @param set group properties, replacing earlier values; may be empty
     */
    public static CaptureEvent groupIdentify(String type, String key, Map<String, ?> set) {
        return of("$groupidentify")
                .property("$group_type", type)
                .property("$group_key", key)
                .property("$group_set", EventProperties.of(set));
    }

    /** Sets the person. An event with a null or blank ID is invalid; see {@link #of(String, String)}. */
    @CheckReturnValue
    public CaptureEvent distinctId(String distinctId) {
        return new CaptureEvent(event, distinctId == null ? MISSING_ID : distinctId, properties, timestamp, uuid);
    }

    /** Sets one event property. */
    @CheckReturnValue
    public CaptureEvent property(String name, Object value) {
        return new CaptureEvent(event, distinctId, EventProperties.of(properties).with(name, value), timestamp, uuid);
    }

    /** Adds event properties, and replaces properties of the same name. */
    @CheckReturnValue
    public CaptureEvent properties(Map<String, ?> properties) {
        return new CaptureEvent(event, distinctId, EventProperties.of(this.properties).with(properties), timestamp, uuid);
    }

    /**
     * Relates the event to a group ({@code $groups}). An event with a blank type or key, or with a placeholder such as
     * {@code "null"}, is invalid.
     *
     * @param type the group type, such as {@code company}
     * @param key the group of that type
     */
    @CheckReturnValue
    public CaptureEvent group(String type, String key) {
        return merge("$groups", Collections.singletonMap(type, key));
    }

    /**
     * Adds the {@linkplain FlagSnapshot#eventProperties() properties} of the flags of the person. Use
     * {@link FlagSnapshot#onlyAccessed()} for the flags that the application has used.
     */
    @CheckReturnValue
    public CaptureEvent flags(FlagSnapshot flags) {
        return properties(flags.eventProperties());
    }

    /** Sets person properties, and replaces earlier values ({@code $set}). */
    @CheckReturnValue
    public CaptureEvent set(Map<String, ?> personProperties) {
        return merge("$set", personProperties);
    }

    /** Sets person properties that are not set yet ({@code $set_once}). */
    @CheckReturnValue
    public CaptureEvent setOnce(Map<String, ?> personProperties) {
        return merge("$set_once", personProperties);
    }

    /** Removes person properties ({@code $unset}, a list of their names). */
    @CheckReturnValue
    public CaptureEvent unset(String... personProperties) {
        Set<Object> names = new LinkedHashSet<>();
        if (properties.get("$unset") instanceof Collection<?> before) {
            names.addAll(before);
        }
        Collections.addAll(names, (Object[]) personProperties);
        return property("$unset", Collections.unmodifiableList(new ArrayList<>(names)));
    }

    /** Captures the event without creating or changing a person profile ({@code $process_person_profile: false}). */
    @CheckReturnValue
    public CaptureEvent personless() {
        return property("$process_person_profile", false);
    }

    /**
     * Sets whether PostHog determines the location of this event from the IP address. Only useful if {@code $ip} is set;
     * otherwise, PostHog uses the location of this server. The default is configured with {@code capture.geoip}.
     */
    @CheckReturnValue
    public CaptureEvent geoip(boolean enabled) {
        return property("$geoip_disable", !enabled);
    }

    /** Sets the session ID ({@code $session_id}) of PostHog's browser SDK. */
    @CheckReturnValue
    public CaptureEvent sessionId(String sessionId) {
        return property("$session_id", sessionId);
    }

    /** Sets the timestamp. */
    @CheckReturnValue
    public CaptureEvent timestamp(Instant timestamp) {
        return new CaptureEvent(event, distinctId, properties, timestamp, uuid);
    }

    /** Sets the timestamp; the offset is converted to UTC. */
    @CheckReturnValue
    public CaptureEvent timestamp(OffsetDateTime timestamp) {
        return timestamp(timestamp == null ? null : timestamp.toInstant());
    }

    /** Sets the timestamp; the zone is converted to UTC. */
    @CheckReturnValue
    public CaptureEvent timestamp(ZonedDateTime timestamp) {
        return timestamp(timestamp == null ? null : timestamp.toInstant());
    }

    /** Sets the UUID, by which PostHog recognizes duplicates. */
    @CheckReturnValue
    public CaptureEvent uuid(UUID uuid) {
        return new CaptureEvent(event, distinctId, properties, timestamp, uuid);
    }

    private CaptureEvent merge(String name, Map<String, ?> values) {
        Map<String, Object> merged = new LinkedHashMap<>();
        if (properties.get(name) instanceof Map<?, ?> before) {
            before.forEach((key, value) -> merged.put(Objects.toString(key), value));
        }
        if (values != null) {
            merged.putAll(values);
        }
        return property(name, EventProperties.of(merged));
    }
}
