package io.quarkiverse.posthog.emulator.hogql;

import java.util.List;

/**
 * A parsed query, in which aliases are replaced by their expressions.
 *
 * @param where {@code null} without a condition
 * @param limit {@code null} when the query has none
 */
record Select(List<Item> items, Expr where, List<Expr> groupBy, List<Order> orderBy, Integer limit, int offset) {

    record Item(Expr expr, String name) {
    }

    record Order(Expr expr, boolean descending) {
    }

    boolean aggregates() {
        return !groupBy.isEmpty() || items.stream().anyMatch(item -> Aggregates.occursIn(item.expr()));
    }
}
