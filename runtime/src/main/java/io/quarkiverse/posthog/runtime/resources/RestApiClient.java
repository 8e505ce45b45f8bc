package io.quarkiverse.posthog.runtime.resources;

import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.posthog.api.RestApi;
import io.quarkiverse.posthog.api.RestGet;
import io.quarkiverse.posthog.api.RestWrite;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall.Method;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;

/** Sends requests to any endpoint of the private API. */
public final class RestApiClient implements RestApi {

    private final EndpointCaller caller;

    /** @param organization the organization of the project; null until it is looked up */
    public RestApiClient(ApiExecutor calls, AtomicReference<String> organization) {
        this.caller = new EndpointCaller(calls, new OrganizationLookup(calls, organization));
    }

    @Override
    public RestGet get(String path) {
        return new GetRequest(caller, EndpointRequest.of(Method.GET, ApiPath.of(path)));
    }

    @Override
    public RestWrite post(String path) {
        return write(Method.POST, path);
    }

    @Override
    public RestWrite put(String path) {
        return write(Method.PUT, path);
    }

    @Override
    public RestWrite patch(String path) {
        return write(Method.PATCH, path);
    }

    @Override
    public RestWrite delete(String path) {
        return write(Method.DELETE, path);
    }

    private RestWrite write(Method method, String path) {
        return new WriteRequest(caller, EndpointRequest.of(method, ApiPath.of(path)));
    }
}
