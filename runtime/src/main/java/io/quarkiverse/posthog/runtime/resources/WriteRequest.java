package io.quarkiverse.posthog.runtime.resources;

import io.quarkiverse.posthog.api.RestWrite;
import io.smallrye.mutiny.Uni;

/** A request to any endpoint that may change data. */
final class WriteRequest extends AbstractEndpointRequest<RestWrite> implements RestWrite {

    WriteRequest(EndpointCaller caller, EndpointRequest request) {
        super(caller, request);
    }

    @Override
    RestWrite with(EndpointRequest changed) {
        return new WriteRequest(caller, changed);
    }

    @Override
    public RestWrite body(Object body) {
        return with(request.body(body));
    }

    @Override
    public RestWrite idempotent() {
        return with(request.asIdempotent());
    }

    @Override
    public Uni<Void> send() {
        return caller.send(request).replaceWithVoid();
    }
}
