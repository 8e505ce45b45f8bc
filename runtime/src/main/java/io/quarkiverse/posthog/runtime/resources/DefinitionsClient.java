package io.quarkiverse.posthog.runtime.resources;

import java.util.Map;

import io.quarkiverse.posthog.Paging;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.ApiResponse;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.Operation.Retry;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.quarkiverse.posthog.runtime.rest.api.PathSegment;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Reads and describes the definitions of events and properties in PostHog. */
public final class DefinitionsClient {

    private static final Operation<PostHogApi> LIST = Operation.read("definitions.list", Limit.CRUD);

    /** Writing the same description again has no further effect. */
    private static final Operation<PostHogApi> DESCRIBE = Operation.api("definitions.describe", Limit.CRUD, Retry.SAFE);

    private static final ApiPath EVENTS = ApiPath.of("/api/projects/{project}/event_definitions/");
    private static final ApiPath EVENT = ApiPath.of("/api/projects/{project}/event_definitions/{id}/");
    private static final ApiPath PROPERTIES = ApiPath.of("/api/projects/{project}/property_definitions/");
    private static final ApiPath PROPERTY = ApiPath.of("/api/projects/{project}/property_definitions/{id}/");

    private final ApiExecutor calls;

    public DefinitionsClient(ApiExecutor calls) {
        this.calls = calls;
    }

    /** Reads the definitions of all events. */
    public Multi<StoredDefinition> events() {
        return list(EVENTS);
    }

    /** Reads the definitions of all event properties. */
    public Multi<StoredDefinition> properties() {
        return list(PROPERTIES);
    }

    private Multi<StoredDefinition> list(ApiPath path) {
        return ResourceList.of(calls, calls.inProject(path), StoredDefinition.class, StoredDefinition::id)
                .all(LIST, Paging.ALL, () -> new Parameters(calls.mapper()));
    }

    public Uni<ApiResponse> describeEvent(String id, String description) {
        return describe(EVENT, id, description);
    }

    public Uni<ApiResponse> describeProperty(String id, String description) {
        return describe(PROPERTY, id, description);
    }

    private Uni<ApiResponse> describe(ApiPath path, String id, String description) {
        ApiPath definition = calls.inProject(path).with("id", PathSegment.of("id", id));
        return calls.request(DESCRIBE, ApiCall.patch(definition, calls.body(Map.of("description", description))));
    }
}
