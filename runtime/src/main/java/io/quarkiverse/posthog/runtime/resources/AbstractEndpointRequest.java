package io.quarkiverse.posthog.runtime.resources;

import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.posthog.api.RestRequest;
import io.quarkiverse.posthog.runtime.support.JsonSecretMask;
import io.smallrye.mutiny.Uni;

/** The functions of all requests to any endpoint. */
abstract class AbstractEndpointRequest<R extends RestRequest<R>> implements RestRequest<R> {

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {
    };

    final EndpointCaller caller;
    final EndpointRequest request;

    AbstractEndpointRequest(EndpointCaller caller, EndpointRequest request) {
        this.caller = caller;
        this.request = request;
    }

    /** Returns a copy with another description. */
    abstract R with(EndpointRequest changed);

    @Override
    public R path(String name, Object value) {
        return with(request.path(name, value));
    }

    @Override
    public R query(String name, Object value) {
        return with(request.query(name, value));
    }

    @Override
    public R longRunning() {
        return with(request.asLongRunning());
    }

    @Override
    public <T> Uni<T> as(Class<T> type) {
        Objects.requireNonNull(type, "type");
        return caller.read(request, body -> mapper().readValue(body, type));
    }

    @Override
    public Uni<Map<String, Object>> asMap() {
        return caller.read(request, body -> mapper().readValue(body, MAP));
    }

    @Override
    public Uni<JsonNode> asMaskedJson() {
        return caller.read(request, body -> JsonSecretMask.mask(mapper().readTree(body)));
    }

    ObjectMapper mapper() {
        return caller.calls().snakeCaseMapper();
    }
}
