package io.quarkiverse.posthog.runtime.resources;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.Paging;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor.JsonReader;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.api.ApiCall;
import io.quarkiverse.posthog.runtime.rest.api.ApiPath;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.quarkiverse.posthog.runtime.rest.pagination.Paginator;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * A list of a resource.
 *
 * @param reader returns the reader of the page with the given parameters
 * @param identity returns the ID of an item, by which an item that moved to the next page is recognized
 */
record ResourceList<T>(ApiExecutor calls, ApiPath path, Function<Map<String, String>, JsonReader<PageResponse<T>>> reader,
        Function<? super T, ?> identity) {

    /** Returns a list in PostHog's usual form. */
    static <T> ResourceList<T> of(ApiExecutor calls, ApiPath path, Class<T> type, Function<? super T, ?> identity) {
        JsonReader<PageResponse<T>> reader = calls.pageReader(type);
        return new ResourceList<>(calls, path, parameters -> reader, identity);
    }

    /** Returns all items. Invalid parameters are a failure of the stream. */
    Multi<T> all(Operation<PostHogApi> operation, Paging paging, Supplier<Parameters> parameters) {
        return Multi.createFrom().deferred(() -> pages(operation).walk(paging, parameters.get()));
    }

    /** Returns one page. */
    Uni<Page<T>> page(Operation<PostHogApi> operation, Paging paging, Supplier<Parameters> parameters) {
        return Uni.createFrom().deferred(() -> pages(operation).page(paging, parameters.get()));
    }

    private Paginator<T> pages(Operation<PostHogApi> operation) {
        return new Paginator<>(calls, operation, identity,
                parameters -> calls.read(operation, reader.apply(parameters), ApiCall.get(path, parameters)));
    }
}
