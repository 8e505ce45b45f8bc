package io.quarkiverse.posthog.runtime.resources;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.posthog.ApiError;
import io.quarkiverse.posthog.PostHogApiException;
import io.quarkiverse.posthog.PostHogPermissionException;
import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi.Key;
import io.quarkiverse.posthog.runtime.rest.api.PathSegment;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.smallrye.mutiny.Uni;

/**
 * Finds the organization of the account's project: without a request if the project is the current one, by the personal API key
 * if it is restricted to one organization, which requires no scope, and otherwise by the project.
 */
final class OrganizationLookup {

    /** PostHog's name for the project and the organization that the owner of the key last selected. */
    private static final String CURRENT = "@current";

    private static final Operation<PostHogApi> PROJECT = Operation.read("api.organization", Limit.CRUD);
    private static final Operation<KeyAndProjectApi> KEY = PROJECT.on(ApiEndpoint.KEY);
    private static final ApiPath PATH = ApiPath.of("/api/projects/{project}/");

    private final ApiExecutor calls;
    private final AtomicReference<String> found;

    /** @param found the result of an earlier lookup; null if there is none */
    OrganizationLookup(ApiExecutor calls, AtomicReference<String> found) {
        this.calls = calls;
        this.found = found;
    }

    Uni<PathSegment> get() {
        return Uni.createFrom().deferred(() -> {
            if (calls.account().projectId().equals(CURRENT)) {
                return Uni.createFrom().item(CURRENT);
            }
            return found.get() == null ? ofKey().invoke(found::set) : Uni.createFrom().item(found.get());
        }).map(id -> PathSegment.of("organization", id));
    }

    private Uni<String> ofKey() {
        return calls.read(KEY, Key.class, KeyAndProjectApi::currentKey).map(Key::organizations)
                // Some keys can't read themselves
                .onFailure(PostHogApiException.class).recoverWithItem(List.<String> of())
                .chain(ids -> ids != null && ids.size() == 1 ? Uni.createFrom().item(ids.get(0)) : ofProject());
    }

    private Uni<String> ofProject() {
        return calls.read(PROJECT, JsonNode.class, ApiCall.get(calls.inProject(PATH)))
                .map(project -> {
                    String id = project.path("organization").asText("");
                    if (id.isEmpty()) {
                        throw calls.invalidResponse(PROJECT, "the project has no organization; set it with "
                                + "path(\"organization\", id)");
                    }
                    return id;
                })
                .onFailure(PostHogPermissionException.class)
                .transform(failure -> explained(((PostHogPermissionException) failure).error()));
    }

    private static PostHogPermissionException explained(ApiError error) {
        return new PostHogPermissionException(new ApiError(error.account(), error.operation(), error.status(), error.type(),
                error.code(),
                error.detail() + " (the path variable {organization} is looked up in the project, unless it is set"
                        + " with path(\"organization\", id))",
                error.attr(), error.retryAfter(), error.additionalProperties()));
    }
}
