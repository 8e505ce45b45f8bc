package io.quarkiverse.posthog.runtime.context;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import io.quarkiverse.posthog.context.PostHogIdentity;

/**
 * The data of a request at one moment. Immutable.
 *
 * @param distinctId null if the request has no person
 * @param sessionId null if there is none
 * @param properties the properties that are added to events
 */
public record RequestData(String distinctId, String sessionId, Map<String, String> groups,
        Map<String, Object> properties) {

    /** The absence of data, such as outside a request. */
    public static final RequestData NONE = new RequestData(null, null, Map.of(), Map.of());

    public boolean isEmpty() {
        return distinctId == null && sessionId == null && groups.isEmpty() && properties.isEmpty();
    }

    RequestData withDistinctId(String distinctId) {
        return new RequestData(present(distinctId), sessionId, groups, properties);
    }

    RequestData withIdentity(PostHogIdentity identity) {
        return new RequestData(identity.distinctId(), sessionId, merged(identity.groups(), groups), properties);
    }

    RequestData withSession(String sessionId) {
        return new RequestData(distinctId, present(sessionId), groups, properties);
    }

    RequestData withGroup(String type, String key) {
        return new RequestData(distinctId, sessionId, merged(groups, Collections.singletonMap(type, key)), properties);
    }

    /** Returns a copy with additional properties, which take precedence. */
    public RequestData withProperties(Map<String, ?> additional) {
        return additional.isEmpty() ? this : new RequestData(distinctId, sessionId, groups, merged(properties, additional));
    }

    /** Returns a copy without some properties. */
    public RequestData withoutProperties(Predicate<String> names) {
        Map<String, Object> left = new LinkedHashMap<>(properties);
        return left.keySet().removeIf(names) ? new RequestData(distinctId, sessionId, groups, Collections.unmodifiableMap(left))
                : this;
    }

    private static String present(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static <V> Map<String, V> merged(Map<String, ? extends V> before, Map<String, ? extends V> additional) {
        Map<String, V> merged = new LinkedHashMap<>(before);
        merged.putAll(additional);
        return Collections.unmodifiableMap(merged);
    }
}
