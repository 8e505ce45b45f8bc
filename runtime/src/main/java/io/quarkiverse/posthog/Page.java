package io.quarkiverse.posthog;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonValue;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;

/**
 * One page of a list: the answer to one request.
 * <p>
 * A short or even empty page does not mean the end: {@link #hasNext()} tells. The {@code list} methods walk all pages.
 *
 * @param <T> the kind of item
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
     * A page.
     *
     * @param total how many items there are in all, empty when that is not known
     * @param next fetches the next page, null on the last one
     */
    public static <T> Page<T> of(List<T> items, OptionalLong total, Supplier<Uni<Page<T>>> next) {
        return new Page<>(items, total, next);
    }

    /** The items of this page, in PostHog's order. Also the form of the page as JSON. */
    @JsonValue
    public List<T> items() {
        return items;
    }

    /** How many items match in all, where PostHog counts them: feature flags, insights, dashboards and cohorts. */
    public OptionalLong total() {
        return total;
    }

    /** Whether PostHog says there is a further page. */
    public boolean hasNext() {
        return next != null;
    }

    /** The next page, with as many items; fails with {@link NoSuchElementException} on the last one. */
    @CheckReturnValue
    public Uni<Page<T>> next() {
        return hasNext() ? next.get()
                : Uni.createFrom().failure(() -> new NoSuchElementException("There is no page after this one"));
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
