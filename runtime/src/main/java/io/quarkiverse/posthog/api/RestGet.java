package io.quarkiverse.posthog.api;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.PostHogResponseException;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** A GET request. */
public interface RestGet extends RestRequest<RestGet> {

    /** Sets the maximum number of items of a list. */
    @CheckReturnValue
    RestGet limit(int limit);

    /** Skips the given number of items at the start of a list. Endpoints that page by cursor ignore it. */
    @CheckReturnValue
    RestGet offset(int offset);

    /** Sets the number of items per request of a list, 100 by default. */
    @CheckReturnValue
    RestGet pageSize(int pageSize);

    /**
     * Reads all items of a list. Pages are requested on demand, one at a time, in all forms of PostHog's lists: {@code next}
     * with an offset or a cursor, {@code has_next}, and plain arrays. Only the parameters of {@code next} are used, never its
     * host and path. An item that moves to the next page while the list is read is recognized by its {@code uuid} or {@code
     * id}, and is delivered once.
     * <p>
     * Fails with {@link PostHogResponseException} if the response is not a list, if an item does not match the type, or if a
     * page leads back to an earlier one.
     *
     * @param type the type of the items, see {@link #as}
     */
    @CheckReturnValue
    <T> Multi<T> list(Class<T> type);

    /**
     * Reads one page of a list, of {@code limit} or else {@code pageSize} items.
     *
     * @param type the type of the items, see {@link #as}
     */
    @CheckReturnValue
    <T> Uni<Page<T>> page(Class<T> type);
}
