package io.quarkiverse.posthog.runtime.rest.pagination;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.quarkiverse.posthog.Page;
import io.quarkiverse.posthog.Paging;
import io.quarkiverse.posthog.PostHogResponseException;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.Operation;
import io.quarkiverse.posthog.runtime.rest.api.PageResponse;
import io.quarkiverse.posthog.runtime.rest.api.Parameters;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Fetches the pages of a list, one at a time. A stream fetches the next page after all items of the current page were
 * requested.
 */
public final class Paginator<T> {

    private static final Pattern OFFSET = Pattern.compile("\\d{1,18}");

    /**
     * The maximum number of consecutive pages without a new item. Items move to the next page when other items are
     * added before them, but not by so many pages.
     */
    private static final int MAX_PAGES_WITHOUT_NEWS = 50;

    private final ApiExecutor calls;
    private final Operation<?> operation;
    private final Function<? super T, ?> identity;
    private final Function<Map<String, String>, Uni<PageResponse<T>>> fetch;

    /**
     * Creates a paginator.
     *
     * @param identity returns the ID of an item, by which an item that moved to the next page is recognized
     */
    public Paginator(ApiExecutor calls, Operation<?> operation, Function<? super T, ?> identity,
            Function<Map<String, String>, Uni<PageResponse<T>>> fetch) {
        this.calls = calls;
        this.operation = operation;
        this.identity = identity;
        this.fetch = fetch;
    }

    /** Returns all items. Each subscription starts with the first page. */
    public Multi<T> walk(Paging paging, Parameters parameters) {
        int size = paging.limit() == null ? paging.pageSize() : Math.min(paging.limit(), paging.pageSize());
        Multi<T> items = Multi.createFrom().deferred(() -> {
            Traversal traversal = new Traversal(parameters.paged(size, paging.offset()));
            return Multi.createBy().repeating()
                    .uni(() -> fetch.apply(traversal.parameters()).invoke(page -> traversal.next = page.next()))
                    .whilst(page -> page.next() != null)
                    .onItem().transformToIterable(page -> page.results().stream().filter(traversal::isNew)::iterator);
        });
        return paging.limit() == null ? items : items.select().first(paging.limit());
    }

    /** Returns one page, which can fetch the next one. */
    public Uni<Page<T>> page(Paging paging, Parameters parameters) {
        int size = paging.limit() == null ? paging.pageSize() : paging.limit();
        return Uni.createFrom().deferred(() -> page(parameters.paged(size, paging.offset())));
    }

    private Uni<Page<T>> page(Map<String, String> parameters) {
        return fetch.apply(parameters).map(page -> Page.of(page.results(), page.total(),
                page.next() == null ? null
                        : () -> Uni.createFrom().deferred(() -> page(parametersAfter(parameters, page.next())))));
    }

    /** Returns the parameters of a link. The link must lead to another page. */
    private Map<String, String> parametersAfter(Map<String, String> current, String link) {
        Map<String, String> next = parameters(link);
        Map<String, String> atSameOffset = new HashMap<>(next);
        atSameOffset.remove("offset");
        if (current.containsKey("offset")) {
            atSameOffset.put("offset", current.get("offset"));
        }
        if (atSameOffset.equals(current) && offset(next) <= offset(current)) {
            throw leadsBack(next);
        }
        return next;
    }

    private static long offset(Map<String, String> parameters) {
        String offset = parameters.getOrDefault("offset", "");
        return OFFSET.matcher(offset).matches() ? Long.parseLong(offset) : 0;
    }

    private PostHogResponseException leadsBack(Map<String, String> parameters) {
        return calls.invalidResponse(operation, "the link to the next page leads back to a page that was read already ("
                + parameters + ")");
    }

    private Map<String, String> parameters(String link) {
        try {
            return NextPageLink.parameters(link);
        } catch (IllegalArgumentException e) {
            throw calls.invalidResponse(operation, "the link to the next page can't be followed: " + e.getMessage());
        }
    }

    /** The state of one subscription. */
    private final class Traversal {

        private final DuplicateFilter<T> delivered = new DuplicateFilter<>(identity);
        private final Map<String, String> first;
        private String next;
        private int newItems;
        private int pagesWithoutNews;
        /** The offset of the current page, if the links contain an offset, as in all of PostHog's lists. */
        private long offset;
        /** The links without an offset. A link that was already used would cause an endless loop. */
        private final DuplicateFilter<Map<String, String>> seen = new DuplicateFilter<>(Function.identity());

        Traversal(Map<String, String> first) {
            this.first = first;
            leadsOn(first);
        }

        /**
         * Returns the parameters of the next page. The link is checked only when the page is requested, because the
         * items before it are valid even if the link is not.
         */
        Map<String, String> parameters() {
            if (next == null) {
                return first;
            }
            Map<String, String> parameters = Paginator.this.parameters(next);
            if (!leadsOn(parameters)) {
                throw leadsBack(parameters);
            }
            pagesWithoutNews = newItems > 0 ? 0 : pagesWithoutNews + 1;
            newItems = 0;
            if (pagesWithoutNews > MAX_PAGES_WITHOUT_NEWS) {
                throw calls.invalidResponse(operation,
                        "more than " + MAX_PAGES_WITHOUT_NEWS + " pages in a row have only items that "
                                + "were delivered already, or none, but link to another page (" + parameters + ")");
            }
            return parameters;
        }

        boolean isNew(T item) {
            boolean added = delivered.add(item);
            newItems += added ? 1 : 0;
            return added;
        }

        private boolean leadsOn(Map<String, String> parameters) {
            if (!OFFSET.matcher(parameters.getOrDefault("offset", "")).matches()) {
                return seen.add(parameters);
            }
            long before = offset;
            offset = offset(parameters);
            return offset > before;
        }
    }
}
