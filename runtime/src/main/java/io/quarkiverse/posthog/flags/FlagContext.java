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
 * The person and the options of a flag evaluation. Immutable: each method returns a modified copy.
 * <p>
 * PostHog stores the properties of persons and groups from the events that it received. The properties in this context
 * override them, for this evaluation only. A local evaluation has only the properties in this context.
 *
 * @param distinctId the distinct ID; null or blank for the person of the current request, as determined by {@link
 *        PostHogContext}
 * @param deviceId the device ID, for flags that are rolled out by device; may be null
 * @param groups the group keys of the person, by group type
 * @param personProperties the person properties
 * @param groupProperties the properties of each group, by group type
 * @param flagKeys the flag keys to evaluate; empty for all flags
 * @param source where flags are evaluated
 * @param geoip whether PostHog determines the location from the IP address of the request, which is the default, as in
 *        PostHog's SDKs. Conditions on {@code $geoip_} properties then use the location of this server
 * @param sendFeatureFlagEvents whether accessing a value captures {@code $feature_flag_called}
 * @param runtime the runtime to evaluate flags for; null for the flags that this server uses
 */
public record FlagContext(String distinctId, String deviceId, Map<String, String> groups, Map<String, Object> personProperties,
        Map<String, Map<String, Object>> groupProperties, Set<String> flagKeys, Source source, boolean geoip,
        boolean sendFeatureFlagEvents, EvaluationRuntime runtime) {

    /** The place where flags are evaluated. */
    public enum Source {

        /** Locally if possible; PostHog evaluates all other flags with one request. */
        LOCAL_FIRST,

        /** Evaluates flags only locally, without a request. */
        LOCAL_ONLY,

        /** Lets PostHog evaluate all flags. */
        REMOTE_ONLY
    }

    /** The keys of a context without flags, as opposed to a context for all flags. */
    private static final Set<String> NO_FLAG = Set.of("");

    /** Replaces an empty key. Unlike a missing key, an empty key is a mistake, which is logged. */
    private static final String BLANK_KEY = " ";

    private static final FlagContext EMPTY = new FlagContext(null, null, Map.of(), Map.of(), Map.of(), Set.of(),
            Source.LOCAL_FIRST, true, true, null);

    public FlagContext {
        groups = ImmutableMapCopy.of(groups);
        personProperties = ImmutableMapCopy.of(personProperties);
        groupProperties = ImmutableMapCopy.ofMaps(groupProperties);
        flagKeys = copy(flagKeys);
    }

    /** Returns a context for all flags of a person. */
    public static FlagContext of(String distinctId) {
        return EMPTY.distinctId(distinctId);
    }

    /** Returns a context for all flags of the person of the current request. */
    public static FlagContext create() {
        return EMPTY;
    }

    /** Sets the distinct ID. */
    @CheckReturnValue
    public FlagContext distinctId(String distinctId) {
        return new FlagContext(distinctId, deviceId, groups, personProperties, groupProperties, flagKeys, source, geoip,
                sendFeatureFlagEvents, runtime);
    }

    /** Sets the device ID. */
    @CheckReturnValue
    public FlagContext deviceId(String deviceId) {
        return new FlagContext(distinctId, deviceId, groups, personProperties, groupProperties, flagKeys, source, geoip,
                sendFeatureFlagEvents, runtime);
    }

    /**
     * Adds a group of the person: its type, such as {@code company}, and its key. Shorthand for {@link #groups(Map)}.
     */
    @CheckReturnValue
    public FlagContext group(String type, String key) {
        return groups(Collections.singletonMap(type, key));
    }

    /** Adds groups of the person: the key for each group type. */
    @CheckReturnValue
    public FlagContext groups(Map<String, String> groups) {
        return new FlagContext(distinctId, deviceId, merged(this.groups, groups), personProperties, groupProperties, flagKeys,
                source, geoip, sendFeatureFlagEvents, runtime);
    }

    /** Adds a person property. Shorthand for {@link #personProperties(Map)}. */
    @CheckReturnValue
    public FlagContext personProperty(String name, Object value) {
        return personProperties(Collections.singletonMap(name, value));
    }

    /** Adds person properties, and replaces properties of the same name. */
    @CheckReturnValue
    public FlagContext personProperties(Map<String, ?> properties) {
        return new FlagContext(distinctId, deviceId, groups, merged(personProperties, properties), groupProperties, flagKeys,
                source, geoip, sendFeatureFlagEvents, runtime);
    }

    /** Adds a group property. Shorthand for {@link #groupProperties(String, Map)}. */
    @CheckReturnValue
    public FlagContext groupProperty(String type, String name, Object value) {
        return groupProperties(type, Collections.singletonMap(name, value));
    }

    /** Adds group properties, and replaces properties of the same name. */
    @CheckReturnValue
    public FlagContext groupProperties(String type, Map<String, ?> properties) {
        Map<String, Map<String, Object>> changed = new LinkedHashMap<>(groupProperties);
        changed.put(type, merged(groupProperties.getOrDefault(type, Map.of()), properties));
        return new FlagContext(distinctId, deviceId, groups, personProperties, changed, flagKeys, source, geoip,
                sendFeatureFlagEvents, runtime);
    }

    /**
     * Evaluates only this flag; none if the key is null or blank. A blank key is logged once. Shorthand for {@link
     * #flagKeys(Collection)}.
     */
    @CheckReturnValue
    public FlagContext flagKey(String key) {
        return only(key == null ? NO_FLAG : Set.of(notEmpty(key)));
    }

    /** Evaluates only these flags. Shorthand for {@link #flagKeys(Collection)}. */
    @CheckReturnValue
    public FlagContext flagKeys(String... keys) {
        return flagKeys(Arrays.asList(keys));
    }

    /**
     * Evaluates only these flags. An empty list evaluates no flags instead of all flags; see {@link #allFlags()}. Null
     * and blank keys are ignored; a blank key is logged once.
     */
    @CheckReturnValue
    public FlagContext flagKeys(Collection<String> keys) {
        Set<String> some = new LinkedHashSet<>();
        for (String key : keys == null ? Set.<String> of() : keys) {
            if (key != null) {
                some.add(notEmpty(key));
            }
        }
        return only(some.isEmpty() ? NO_FLAG : some);
    }

    private static String notEmpty(String key) {
        return key.isBlank() ? BLANK_KEY : key;
    }

    private FlagContext only(Set<String> keys) {
        return new FlagContext(distinctId, deviceId, groups, personProperties, groupProperties, keys, source, geoip,
                sendFeatureFlagEvents, runtime);
    }

    /** Evaluates all flags, which is the default. */
    @CheckReturnValue
    public FlagContext allFlags() {
        return only(Set.of());
    }

    /**
     * Evaluates flags only locally; flags that cannot be evaluated locally are missing. Shorthand for {@link
     * #source(Source)} with {@link Source#LOCAL_ONLY}.
     */
    @CheckReturnValue
    public FlagContext onlyEvaluateLocally() {
        return source(Source.LOCAL_ONLY);
    }

    /** Lets PostHog evaluate all flags. Shorthand for {@link #source(Source)} with {@link Source#REMOTE_ONLY}. */
    @CheckReturnValue
    public FlagContext onlyEvaluateRemotely() {
        return source(Source.REMOTE_ONLY);
    }

    /** Sets where flags are evaluated. */
    @CheckReturnValue
    public FlagContext source(Source source) {
        return new FlagContext(distinctId, deviceId, groups, personProperties, groupProperties, flagKeys, source, geoip,
                sendFeatureFlagEvents, runtime);
    }

    /**
     * Sets whether PostHog determines the location from the IP address of the request, which is the address of this
     * server, for conditions on {@code $geoip_} properties. The default is true ({@code geoip_disable: false}), as in
     * PostHog's SDKs.
     */
    @CheckReturnValue
    public FlagContext geoip(boolean enabled) {
        return new FlagContext(distinctId, deviceId, groups, personProperties, groupProperties, flagKeys, source, enabled,
                sendFeatureFlagEvents, runtime);
    }

    /** Sets whether accessing a value captures {@code $feature_flag_called}. The default is true. */
    @CheckReturnValue
    public FlagContext sendFeatureFlagEvents(boolean captured) {
        return new FlagContext(distinctId, deviceId, groups, personProperties, groupProperties, flagKeys, source, geoip,
                captured, runtime);
    }

    /**
     * Evaluates only the flags for this runtime. Use {@link EvaluationRuntime#CLIENT} for flags that you hand to a browser,
     * see {@link FlagSnapshot#bootstrap}.
     */
    @CheckReturnValue
    public FlagContext runtime(EvaluationRuntime runtime) {
        return new FlagContext(distinctId, deviceId, groups, personProperties, groupProperties, flagKeys, source, geoip,
                sendFeatureFlagEvents, runtime);
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
            // Does not copy a set that is already an immutable copy
            return only == null ? NO_FLAG : Set.copyOf(keys);
        }
        Set<String> copy = new LinkedHashSet<>(keys);
        copy.remove(null);
        return Collections.unmodifiableSet(copy);
    }
}
