package io.quarkiverse.posthog.runtime.tracking;

import java.util.Map;
import java.util.function.Function;

import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.posthog.Paging;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.ApiResponse;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.Operation.Limit;
import io.quarkiverse.posthog.runtime.rest.Operation.Retry;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.quarkiverse.posthog.runtime.rest.api.PathSegment;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.quarkiverse.posthog.runtime.rest.pagination.Paginator;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Reads and describes the definitions of events and properties in PostHog. */
public final class DefinitionsClient {

    private static final Operation<PostHogApi> READ = Operation.read("definitions.list", Limit.CRUD);

    /** Writing the same description again has no further effect. */
    private static final Operation<PostHogApi> DESCRIBE = Operation.api("definitions.describe", Limit.CRUD, Retry.SAFE);

    private static final TypeReference<PageResponse<StoredDefinition>> PAGE = new TypeReference<>() {
    };

    private final ApiExecutor calls;

    public DefinitionsClient(ApiExecutor calls) {
        this.calls = calls;
    }

    /** Reads the definitions of all events. */
    public Multi<StoredDefinition> events() {
        return list(parameters -> api -> api.listEventDefinitions(calls.project(), parameters));
    }

    /** Reads the definitions of all event properties. */
    public Multi<StoredDefinition> properties() {
        return list(parameters -> api -> api.listPropertyDefinitions(calls.project(), parameters));
    }

    private Multi<StoredDefinition> list(Function<Map<String, String>, Function<PostHogApi, Uni<Response>>> request) {
        return Multi.createFrom().deferred(() -> new Paginator<>(calls, READ, StoredDefinition::id,
                parameters -> calls.read(READ, PAGE, request.apply(parameters)))
                .walk(new Paging(null, 0, 100), new Parameters(calls.mapper())));
    }

    Uni<ApiResponse> describeEvent(String id, String description) {
        return calls.request(DESCRIBE, api -> api.updateEventDefinition(calls.project(), PathSegment.of("id", id),
                calls.body(Map.of("description", description))));
    }

    Uni<ApiResponse> describeProperty(String id, String description) {
        return calls.request(DESCRIBE, api -> api.updatePropertyDefinition(calls.project(), PathSegment.of("id", id),
                calls.body(Map.of("description", description))));
    }
}
