package io.quarkiverse.posthog.runtime.resources;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor.JsonReader;
import io.quarkiverse.posthog.runtime.rest.ApiResponse;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall.Method;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.quarkiverse.posthog.runtime.rest.api.RequestBody;
import io.smallrye.mutiny.Uni;

/** Sends the requests to any endpoint: sets the variables of the account in the path, and converts parameters and the body. */
final class EndpointCaller {

    private static final Set<String> PROJECT = Set.of("project", "environment");
    private static final String ORGANIZATION = "organization";

    private final ApiExecutor calls;
    private final OrganizationLookup organization;

    EndpointCaller(ApiExecutor calls, OrganizationLookup organization) {
        this.calls = calls;
        this.organization = organization;
    }

    ApiExecutor calls() {
        return calls;
    }

    <T> Uni<T> read(EndpointRequest request, JsonReader<T> reader) {
        return call(request).chain(call -> calls.read(request.operation(), reader, call));
    }

    Uni<ApiResponse> send(EndpointRequest request) {
        return call(request).chain(call -> calls.request(request.operation(), call));
    }

    private Uni<ApiCall> call(EndpointRequest request) {
        return path(request.path()).map(path -> new ApiCall(request.method(), path,
                parameters(request.parameters()).toMap(), body(request)));
    }

    /** Sets the variables that the account provides, unless the application has set them. */
    Uni<ApiPath> path(ApiPath path) {
        return Uni.createFrom().deferred(() -> {
            ApiPath inProject = path;
            for (String variable : path.unset()) {
                inProject = PROJECT.contains(variable) ? inProject.with(variable, calls.project()) : inProject;
            }
            ApiPath complete = inProject;
            Set<String> missing = complete.unset().stream().filter(variable -> !variable.equals(ORGANIZATION))
                    .collect(Collectors.toSet());
            if (!missing.isEmpty()) {
                // Before the lookup of the organization, which would be useless
                throw complete.missing(missing.iterator().next());
            }
            return complete.unset().isEmpty() ? Uni.createFrom().item(complete)
                    : organization.get().map(id -> complete.with(ORGANIZATION, id));
        });
    }

    Parameters parameters(Map<String, Object> parameters) {
        Parameters converted = new Parameters(calls.snakeCaseMapper());
        parameters.forEach((name, value) -> converted.with(name, text(name, value)));
        return converted;
    }

    /** Returns the text of a parameter. PostHog expects lists and objects as JSON. */
    private Object text(String name, Object value) {
        if (!(value instanceof Collection || value instanceof Map || value.getClass().isArray())) {
            return value;
        }
        try {
            return calls.snakeCaseMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The query parameter '" + name + "' can't be written as JSON: "
                    + e.getOriginalMessage(), e);
        }
    }

    private RequestBody body(EndpointRequest request) {
        if (request.method() == Method.GET || request.method() == Method.DELETE) {
            return null;
        }
        return calls.body(calls.snakeCaseMapper(), request.body() == null ? Map.of() : request.body());
    }
}
