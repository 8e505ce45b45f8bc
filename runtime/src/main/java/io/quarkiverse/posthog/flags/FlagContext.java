package io.quarkiverse.posthog.flags;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.posthog.context.PostHogContext;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * For whom feature flags are evaluated, and how. Immutable: each method returns a changed copy.
 * <p>
 * PostHog knows the properties of persons and groups from the events it got. What is given here counts instead of
 * that, for this evaluation only; an evaluation in this process knows nothing else.
 *
 * @param distinctId the person; null or blank for whoever makes the current request, as {@link PostHogContext}
 *        knows
 * @param deviceId the device, for flags that are rolled out by device; null when not known
 * @param groups the key of each group the person acts for, by group type
 * @param personProperties properties of the person
 * @param groupProperties properties of each group, by group type
 * @param keys the flags to evaluate; empty for all
 * @param source where values may come from
 * @param geoip whether PostHog looks up where the request comes from, which it does by default, as with its own
 *        SDKs; conditions on {@code $geoip_} properties then see the location of this server, which says nothing of
 *        the person
 * @param exposure whether asking for a value captures {@code $feature_flag_called}
 */
public record FlagContext(String distinctId, String deviceId, Map<String, String> groups, Map<String, Object> personProperties,
        Map<String, Map<String, Object>> groupProperties, Set<String> keys, Source source, boolean geoip, boolean exposure) {

    /** Where values may come from. */
    public enum Source {

        /** What can be evaluated in this process is; for the rest, PostHog is asked with one request. */
        LOCAL_FIRST,

        /** Only what can be evaluated in this process, without a request. */
        LOCAL_ONLY,

        /** PostHog is asked for everything. */
        REMOTE_ONLY
    }

    /** What is asked for when there is no key: nothing, which must not become everything. */
    private static final Set<String> NO_FLAG = Set.of("");

    /** Stands for an empty key: not the same as no key, because it is a mistake that is logged. */
    private static final String BLANK_KEY = " ";

    private static final FlagContext NOBODY = new FlagContext(null, null, Map.of(), Map.of(), Map.of(), Set.of(),
            Source.LOCAL_FIRST, true, true);

    public FlagContext {
        groups = FrozenMap.of(groups);
        personProperties = FrozenMap.of(personProperties);
        groupProperties = FrozenMap.ofMaps(groupProperties);
        keys = copy(keys);
    }

    /** All flags of a person. */
    public static FlagContext of(String distinctId) {
        return NOBODY.distinctId(distinctId);
    }

    /** All flags of whoever makes the request. */
    public static FlagContext create() {
        return NOBODY;
    }

    /** Sets the person. */
    @CheckReturnValue
    public FlagContext distinctId(String distinctId) {
        return new FlagContext(distinctId, deviceId, groups, personProperties, groupProperties, keys, source, geoip, exposure);
    }

    /** Sets the device. */
    @CheckReturnValue
    public FlagContext deviceId(String deviceId) {
        return new FlagContext(distinctId, deviceId, groups, personProperties, groupProperties, keys, source, geoip, exposure);
    }

    /** Adds a group: its type, such as {@code company}, and which of that type. */
    @CheckReturnValue
    public FlagContext group(String type, String key) {
        return groups(Collections.singletonMap(type, key));
    }

    /** Adds groups: which of each type. */
    @CheckReturnValue
    public FlagContext groups(Map<String, String> groups) {
        return new FlagContext(distinctId, deviceId, merged(this.groups, groups), personProperties, groupProperties, keys,
                source, geoip, exposure);
    }

    /** Adds a property of the person. */
    @CheckReturnValue
    public FlagContext personProperty(String name, Object value) {
        return personProperties(Collections.singletonMap(name, value));
    }

    /** Adds properties of the person; the new value wins for a name that is set already. */
    @CheckReturnValue
    public FlagContext personProperties(Map<String, ?> properties) {
        return new FlagContext(distinctId, deviceId, groups, merged(personProperties, properties), groupProperties, keys,
                source, geoip, exposure);
    }

    /** Adds a property of the group of a type. */
    @CheckReturnValue
    public FlagContext groupProperty(String type, String name, Object value) {
        return groupProperties(type, Collections.singletonMap(name, value));
    }

    /** Adds properties of the group of a type; the new value wins for a name that is set already. */
    @CheckReturnValue
    public FlagContext groupProperties(String type, Map<String, ?> properties) {
        Map<String, Map<String, Object>> changed = new LinkedHashMap<>(groupProperties);
        changed.put(type, merged(groupProperties.getOrDefault(type, Map.of()), properties));
        return new FlagContext(distinctId, deviceId, groups, personProperties, changed, keys, source, geoip, exposure);
    }

    /** Evaluates only this flag; none if the key is null or blank. A blank key is logged once. */
    @CheckReturnValue
    public FlagContext key(String key) {
        return keys(Collections.singletonList(key));
    }

    /** Evaluates only these flags. See {@link #keys(Collection)}. */
    @CheckReturnValue
    public FlagContext keys(String... keys) {
        return keys(Arrays.asList(keys));
    }

    /**
     * Evaluates only these flags, and none when there are none: a list that turns out to be empty does not become
     * everything. See {@link #allKeys()}. Null and blank keys are ignored; a blank key is logged once.
     */
    @CheckReturnValue
    public FlagContext keys(Collection<String> keys) {
        Set<String> some = new LinkedHashSet<>();
        for (String key : keys == null ? Set.<String> of() : keys) {
            if (key != null) {
                some.add(key.isBlank() ? BLANK_KEY : key);
            }
        }
        return new FlagContext(distinctId, deviceId, groups, personProperties, groupProperties,
                some.isEmpty() ? NO_FLAG : some, source, geoip, exposure);
    }

    /** Evaluates all flags again, which is what a context does that was not given any keys. */
    @CheckReturnValue
    public FlagContext allKeys() {
        return new FlagContext(distinctId, deviceId, groups, personProperties, groupProperties, Set.of(), source,
                geoip, exposure);
    }

    /** Evaluates in this process only; flags for which that is not enough are missing. */
    @CheckReturnValue
    public FlagContext onlyLocally() {
        return source(Source.LOCAL_ONLY);
    }

    /** Asks PostHog for everything. */
    @CheckReturnValue
    public FlagContext onlyRemotely() {
        return source(Source.REMOTE_ONLY);
    }

    /** Sets where values may come from. */
    @CheckReturnValue
    public FlagContext source(Source source) {
        return new FlagContext(distinctId, deviceId, groups, personProperties, groupProperties, keys, source, geoip, exposure);
    }

    /**
     * Sets whether PostHog looks up where the request comes from, and conditions on {@code $geoip_} properties see
     * that: the location of this server. On by default ({@code geoip_disable: false}), as with PostHog's own SDKs.
     */
    @CheckReturnValue
    public FlagContext geoip(boolean enabled) {
        return new FlagContext(distinctId, deviceId, groups, personProperties, groupProperties, keys, source, enabled,
                exposure);
    }

    /** Sets whether asking for a value captures {@code $feature_flag_called}. */
    @CheckReturnValue
    public FlagContext exposure(boolean captured) {
        return new FlagContext(distinctId, deviceId, groups, personProperties, groupProperties, keys, source, geoip, captured);
    }

    private static <V> Map<String, V> merged(Map<String, V> before, Map<String, ? extends V> more) {
        if (more == null || more.isEmpty()) {
            return before;
        }
        Map<String, V> merged = new LinkedHashMap<>(before);
        merged.putAll(more);
        return merged;
    }

    private static Set<String> copy(Set<String> keys) {
        if (keys == null || keys.isEmpty()) {
            return Set.of();
        }
        if (keys.size() == 1) {
            String only = keys.iterator().next();
            // The copy of a copy is the same
            return only == null ? NO_FLAG : Set.copyOf(keys);
        }
        Set<String> copy = new LinkedHashSet<>(keys);
        copy.remove(null);
        return Collections.unmodifiableSet(copy);
    }
}
