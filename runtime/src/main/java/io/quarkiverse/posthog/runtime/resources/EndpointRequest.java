package io.quarkiverse.posthog.runtime.resources;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.posthog.Paging;
import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.Operation.Retry;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall.Method;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.PathSegment;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;

/**
 * A request to any endpoint, as described by the application.
 *
 * @param parameters the query parameters; a collection is not yet converted to JSON
 * @param body the body; null for none
 * @param paging the part of a list that is read
 */
record EndpointRequest(Method method, ApiPath path, Map<String, Object> parameters, Object body, boolean idempotent,
        boolean longRunning, Paging paging) {

    /** The parameters that select another project or contain a key. */
    private static final Set<String> FORBIDDEN = Set.of("token", "api_key", "personal_api_key");

    /** The resources below a project that have PostHog's rate limit for analytics. */
    private static final Set<String> ANALYTICS = Set.of("events", "insights", "session_recordings",
            "session_recording_playlists", "session_summaries", "heatmaps");

    private static final Set<String> PARENTS = Set.of("projects", "environments");

    static EndpointRequest of(Method method, ApiPath path) {
        return new EndpointRequest(method, path, Map.of(), null, false, false, Paging.ALL);
    }

    EndpointRequest path(String name, Object value) {
        return new EndpointRequest(method, path.with(name, PathSegment.of(name, value == null ? null : value.toString())),
                parameters, body, idempotent, longRunning, paging);
    }

    EndpointRequest query(String name, Object value) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("The name of a query parameter must not be blank");
        }
        if (FORBIDDEN.contains(name.strip().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "The query parameter '" + name.strip() + "' is not permitted, because it contains "
                            + "a key and selects another project; for another project, use another account");
        }
        Map<String, Object> changed = new LinkedHashMap<>(parameters);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return new EndpointRequest(method, path, changed, body, idempotent, longRunning, paging);
    }

    EndpointRequest body(Object value) {
        if (method == Method.DELETE) {
            throw new IllegalArgumentException("A DELETE request has no body");
        }
        return new EndpointRequest(method, path, parameters, value, idempotent, longRunning, paging);
    }

    EndpointRequest asIdempotent() {
        return new EndpointRequest(method, path, parameters, body, true, longRunning, paging);
    }

    EndpointRequest asLongRunning() {
        return new EndpointRequest(method, path, parameters, body, idempotent, true, paging);
    }

    EndpointRequest paging(Paging value) {
        return new EndpointRequest(method, path, parameters, body, idempotent, longRunning, value);
    }

    Operation<PostHogApi> operation() {
        Retry retry = method == Method.GET || idempotent ? Retry.SAFE : Retry.IF_REJECTED;
        Operation<PostHogApi> operation = Operation.api("api." + method.name().toLowerCase(Locale.ROOT) + " " + path.template(),
                limit(), retry);
        return longRunning ? operation.on(ApiEndpoint.QUERIES) : operation;
    }

    /** Returns PostHog's rate limit for the request. All other resources share the limit for CRUD requests. */
    private Limit limit() {
        List<String> segments = path.segments();
        String resource = segments.size() > 2 && PARENTS.contains(segments.get(0)) ? segments.get(2) : "";
        if (resource.equals("query")) {
            return Limit.QUERIES;
        }
        if (resource.equals("persons") && method == Method.GET) {
            return Limit.PERSONS;
        }
        return ANALYTICS.contains(resource) ? Limit.ANALYTICS : Limit.CRUD;
    }
}
