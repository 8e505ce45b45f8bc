package io.quarkiverse.posthog;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonValue;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;

/**
 * A page of a list: the result of a request.
 * <p>
 * A short or empty page is not necessarily the last one; use {@link #hasNext()}. The {@code list} methods return all pages.
 *
 * @param <T> the type of the items
 */
public final class Page<T> implements Iterable<T> {

    private final List<T> items;
    private final OptionalLong total;
    private final Supplier<Uni<Page<T>>> next;

    private Page(List<T> items, OptionalLong total, Supplier<Uni<Page<T>>> next) {
        this.items = List.copyOf(items);
        this.total = Objects.requireNonNull(total, "total");
        this.next = next;
    }

    /**
     * Creates a page.
     *
     * @param total the total number of items, empty if unknown
     * @param next fetches the next page, null on the last page
     */
    public static <T> Page<T> of(List<T> items, OptionalLong total, Supplier<Uni<Page<T>>> next) {
        return new Page<>(items, total, next);
    }

    /** Returns the items of this page, in PostHog's order. The JSON form of the page is the list of its items. */
    @JsonValue
    public List<T> items() {
        return items;
    }

    /** Returns the total number of matching items, if PostHog counts them: feature flags, insights, dashboards and cohorts. */
    public OptionalLong total() {
        return total;
    }

    /** Returns whether there is a next page. */
    public boolean hasNext() {
        return next != null;
    }

    /** Fetches the next page. Fails with {@link NoSuchElementException} on the last page. */
    @CheckReturnValue
    public Uni<Page<T>> next() {
        return hasNext() ? next.get()
                : Uni.createFrom().failure(() -> new NoSuchElementException("This is the last page"));
    }

    /** Returns this page with converted items. The following pages are converted in the same way. */
    public <R> Page<R> map(Function<? super T, ? extends R> converter) {
        return new Page<>(items.stream().<R> map(converter).toList(), total,
                next == null ? null : () -> next.get().map(page -> page.map(converter)));
    }

    @Override
    public Iterator<T> iterator() {
        return items.iterator();
    }

    @Override
    public String toString() {
        return "Page[items=" + items + ", hasNext=" + hasNext() + ", total=" + total + "]";
    }
}
