package io.quarkiverse.posthog.runtime.resources;

import java.util.Map;
import java.util.Objects;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.api.RestGet;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.quarkiverse.posthog.runtime.rest.pagination.Paginator;
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
                .transformToMulti(path -> pages(path, type).walk(request.paging(), parameters()))
                .map(ListItem::value);
    }

    @Override
    public <T> Uni<Page<T>> page(Class<T> type) {
        Objects.requireNonNull(type, "type");
        return caller.path(request.path()).chain(path -> pages(path, type).page(request.paging(), parameters()))
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

    private <T> Paginator<ListItem<T>> pages(ApiPath path, Class<T> type) {
        Operation<PostHogApi> operation = request.operation();
        return new Paginator<>(caller.calls(), operation, ListItem::id,
                parameters -> caller.calls().read(operation, new ListPageReader<>(mapper(), type, parameters),
                        ApiCall.get(path, parameters)));
    }
}
