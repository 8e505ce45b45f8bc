package io.quarkiverse.posthog.api;

import io.quarkiverse.posthog.PostHogPermissionException;
import io.smallrye.common.annotation.CheckReturnValue;

/**
 * Sends requests to any endpoint of PostHog's private API, also to those for which {@link io.quarkiverse.posthog.PostHog} has
 * no functions of their own.
 *
 * <pre>
 * record Annotation(long id, String content, Instant dateMarker) {
 * }
 *
 * Multi&lt;Annotation> releases = posthog.api().get("/api/projects/{project}/annotations/")
 *         .query("search", "release")
 *         .list(Annotation.class);
 * </pre>
 * <p>
 * A path begins with {@code /api/} and contains no host and no query. A segment in braces is a variable:
 * <ul>
 * <li>{@code {project}} and {@code {environment}} are the project of the account, {@code project-id}.
 * <li>{@code {organization}} is the organization of this project. If {@code project-id} is a number, the organization is looked
 * up before the first request that needs it, which requires the scope {@code project:read} unless the personal API key is
 * restricted to one organization. Without this scope, the request fails with a {@link PostHogPermissionException}.
 * <li>The value of any other variable is set with {@link RestRequest#path(String, Object)}.
 * </ul>
 * A path or a value that could lead outside of {@code /api/}, such as {@code ..}, is rejected with an {@link
 * IllegalArgumentException}.
 * <p>
 * All requests require {@code personal-api-key}, with the scopes of the endpoint. The rate limits, timeouts, exceptions and
 * limits of the response are the same as for all other functions.
 */
public interface RestApi {

    /**
     * Creates a GET request. It is retried after connection failures and the status codes 429, 500, 502, 503 and 504.
     *
     * @param path the path, which begins with {@code /api/}
     * @throws IllegalArgumentException if the path is invalid
     */
    @CheckReturnValue
    RestGet get(String path);

    /**
     * Creates a POST request. Without {@link RestWrite#body(Object)}, its body is an empty JSON object.
     *
     * @param path the path, which begins with {@code /api/}
     * @throws IllegalArgumentException if the path is invalid
     */
    @CheckReturnValue
    RestWrite post(String path);

    /**
     * Creates a PUT request.
     *
     * @param path the path, which begins with {@code /api/}
     * @throws IllegalArgumentException if the path is invalid
     */
    @CheckReturnValue
    RestWrite put(String path);

    /**
     * Creates a PATCH request. PostHog changes the fields that the body contains.
     *
     * @param path the path, which begins with {@code /api/}
     * @throws IllegalArgumentException if the path is invalid
     */
    @CheckReturnValue
    RestWrite patch(String path);

    /**
     * Creates a DELETE request. PostHog responds with 405 for resources that are deleted with {@code PATCH} and {@code
     * {"deleted": true}}, such as annotations, actions and experiments.
     *
     * @param path the path, which begins with {@code /api/}
     * @throws IllegalArgumentException if the path is invalid
     */
    @CheckReturnValue
    RestWrite delete(String path);
}
