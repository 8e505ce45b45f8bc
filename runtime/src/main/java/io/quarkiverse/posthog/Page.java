package io.quarkiverse.posthog;

import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * One page of a list: the answer to one request.
 * <p>
 * A short or even empty page does not mean the end: {@link #hasNext()} tells. The {@code list} methods walk all pages.
 *
 * @param <T> the kind of item
 * @param items the items of this page, in PostHog's order
 * @param hasNext whether PostHog says there is a further page
 * @param total how many items match in all, where PostHog counts them (flags, insights, dashboards, cohorts)
 */
public record Page<T>(List<T> items, boolean hasNext, OptionalLong total) implements Iterable<T> {

    public Page {
        items = List.copyOf(items);
    }

    @Override
    public Iterator<T> iterator() {
        return items.iterator();
    }
}
