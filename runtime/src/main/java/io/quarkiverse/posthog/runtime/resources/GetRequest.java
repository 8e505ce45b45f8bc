package io.quarkiverse.posthog.runtime.resources;

import java.util.Map;
import java.util.Objects;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.api.RestGet;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** A GET request to any endpoint. */
final class GetRequest extends AbstractEndpointRequest<RestGet> implements RestGet {

    GetRequest(EndpointCaller caller, EndpointRequest request) {
        super(caller, request);
    }

    @Override
    RestGet with(EndpointRequest changed) {
        return new GetRequest(caller, changed);
    }

    @Override
    public RestGet limit(int limit) {
        return with(request.paging(request.paging().limit(limit)));
    }

    @Override
    public RestGet offset(int offset) {
        return with(request.paging(request.paging().offset(offset)));
    }

    @Override
    public RestGet pageSize(int pageSize) {
        return with(request.paging(request.paging().pageSize(pageSize)));
    }

    @Override
    public <T> Multi<T> list(Class<T> type) {
        Objects.requireNonNull(type, "type");
        return caller.path(request.path()).onItem()
                .transformToMulti(path -> items(path, type).all(request.operation(), request.paging(), this::parameters))
                .map(ListItem::value);
    }

    @Override
    public <T> Uni<Page<T>> page(Class<T> type) {
        Objects.requireNonNull(type, "type");
        return caller.path(request.path())
                .chain(path -> items(path, type).page(request.operation(), request.paging(), this::parameters))
                .map(page -> page.map(ListItem::value));
    }

    private Parameters parameters() {
        Map<String, Object> parameters = request.parameters();
        for (String name : new String[] { "limit", "offset" }) {
            if (parameters.containsKey(name)) {
                throw new IllegalArgumentException("The parameter '" + name + "' of a list is set with limit(...), offset(...) "
                        + "and pageSize(...), not with query(...)");
            }
        }
        return caller.parameters(parameters);
    }

    private <T> ResourceList<ListItem<T>> items(ApiPath path, Class<T> type) {
        return new ResourceList<>(caller.calls(), path, parameters -> new ListPageReader<>(mapper(), type, parameters),
                ListItem::id);
    }
}
