package io.quarkiverse.posthog.runtime.rest.api;

import java.util.Map;
import java.util.function.Function;

import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;

/**
 * A request to the private API.
 *
 * @param parameters the query parameters
 * @param body the body; null for a method without a body
 */
public record ApiCall(Method method, ApiPath path, Map<String, String> parameters, RequestBody body)
        implements
            Function<PostHogApi, Uni<Response>> {

    private static final ApiPath REMOTE_CONFIG = ApiPath.of("/api/projects/{project}/feature_flags/{key}/remote_config/");

    /** The HTTP methods of the private API. */
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    public static ApiCall get(ApiPath path) {
        return get(path, Map.of());
    }

    public static ApiCall get(ApiPath path, Map<String, String> parameters) {
        return new ApiCall(Method.GET, path, parameters, null);
    }

    public static ApiCall post(ApiPath path, RequestBody body) {
        return new ApiCall(Method.POST, path, Map.of(), body);
    }

    public static ApiCall patch(ApiPath path, RequestBody body) {
        return new ApiCall(Method.PATCH, path, Map.of(), body);
    }

    public static ApiCall delete(ApiPath path) {
        return new ApiCall(Method.DELETE, path, Map.of(), null);
    }

    /**
     * Returns the request for the payload of a remote configuration flag.
     *
     * @param key the flag key or the flag ID
     * @param token the project token, which identifies the project of the secure key; may be null
     */
    public static ApiCall remoteConfig(PathSegment project, PathSegment key, String token) {
        return get(REMOTE_CONFIG.with("project", project).with("key", key), token == null ? Map.of() : Map.of("token", token));
    }

    @Override
    public Uni<Response> apply(PostHogApi api) {
        return switch (method) {
            case GET -> api.get(path, parameters);
            case POST -> api.post(path, parameters, body);
            case PUT -> api.put(path, parameters, body);
            case PATCH -> api.patch(path, parameters, body);
            case DELETE -> api.delete(path, parameters);
        };
    }
}
