package io.quarkiverse.posthog.runtime.rest;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.Paging;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The pages of a list, one at a time or all of them. In a walk the next page is fetched when the items of this one are used
 * up and more are wanted, never two at a time.
 */
public final class Pages<T> {

    private final ApiCalls calls;
    private final Operation operation;
    private final Function<? super T, ?> identity;
    private final Function<Map<String, String>, Uni<PageResponse<T>>> fetch;

    /** @param identity what tells items apart, so that one that slides onto the next page is not delivered again */
    public Pages(ApiCalls calls, Operation operation, Function<? super T, ?> identity,
            Function<Map<String, String>, Uni<PageResponse<T>>> fetch) {
        this.calls = calls;
        this.operation = operation;
        this.identity = identity;
        this.fetch = fetch;
    }

    /** All items. Each subscription starts at the first page. */
    public Multi<T> walk(Paging paging, Parameters parameters) {
        int size = paging.limit() == null ? paging.pageSize() : Math.min(paging.limit(), paging.pageSize());
        Map<String, String> first = parameters.paged(size, paging.offset());
        Multi<T> items = Multi.createFrom().deferred(() -> {
            Walk walk = new Walk(first);
            return Multi.createBy().repeating()
                    .uni(() -> fetch.apply(walk.parameters()).invoke(page -> walk.next = page.next()))
                    .whilst(page -> page.next() != null)
                    .onItem().transformToIterable(page -> page.results().stream().filter(walk.delivered::add)::iterator);
        });
        return paging.limit() == null ? items : items.select().first(paging.limit());
    }

    /** One page, from which the next one can be asked for. */
    public Uni<Page<T>> page(Paging paging, Parameters parameters) {
        int size = paging.limit() == null ? paging.pageSize() : paging.limit();
        return page(parameters.paged(size, paging.offset()));
    }

    private Uni<Page<T>> page(Map<String, String> parameters) {
        return fetch.apply(parameters).map(page -> Page.of(page.results(), page.total(),
                page.next() == null ? null : () -> Uni.createFrom().deferred(() -> page(parameters(page.next())))));
    }

    private Map<String, String> parameters(String link) {
        try {
            return Links.parameters(link);
        } catch (IllegalArgumentException e) {
            throw calls.nonsense(operation, "the link to the next page can't be followed: " + e.getMessage());
        }
    }

    /** Where one subscription stands. */
    private final class Walk {

        /** Grows by some hundred bytes with each page, which is nothing next to the page itself. */
        private final Set<Map<String, String>> seen = new HashSet<>();
        private final RecentItems<T> delivered = new RecentItems<>(identity);
        private final Map<String, String> first;
        private String next;

        Walk(Map<String, String> first) {
            this.first = first;
        }

        /** Looks at the link only when its page is wanted: the items before it are good, whatever it is. */
        Map<String, String> parameters() {
            Map<String, String> parameters = next == null ? first : Pages.this.parameters(next);
            if (!seen.add(parameters)) {
                throw calls.nonsense(operation, "the link to the next page leads back to a page that was read already ("
                        + parameters + ")");
            }
            return parameters;
        }
    }
}
