package io.quarkiverse.posthog.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.smallrye.common.annotation.CheckReturnValue;

/**
 * A query in HogQL, PostHog's SQL. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * HogQLQuery.of("select event, count() as n from events where timestamp >= {from} group by event order by n desc limit 10")
 *         .value("from", Instant.now().minus(7, ChronoUnit.DAYS));
 * }</pre>
 *
 * @param hogql the query, with placeholders like {@code {from}}
 * @param values the values of the placeholders, which PostHog binds safely: text, numbers, booleans, dates, lists; null is
 *        HogQL's null
 * @param name the name of the query in PostHog's query log; may be null
 * @param refresh whether PostHog can return a cached result, and whether it runs the query in the background, for queries that
 *        take longer than a request can
 */
public record HogQLQuery(String hogql, Map<String, Object> values, String name, QueryRefresh refresh) {

    public HogQLQuery {
        if (hogql == null || hogql.isBlank()) {
            throw new IllegalArgumentException("The HogQL query must not be blank");
        }
        Objects.requireNonNull(refresh, "refresh");
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Returns a query without values. */
    public static HogQLQuery of(String hogql) {
        return new HogQLQuery(hogql, Map.of(), null, QueryRefresh.BLOCKING);
    }

    /**
     * Sets the value of a placeholder.
     *
     * @param placeholder the name between the braces in the query
     */
    @CheckReturnValue
    public HogQLQuery value(String placeholder, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.put(placeholder, value);
        return new HogQLQuery(hogql, all, name, refresh);
    }

    /** Sets the name of the query in PostHog's query log. */
    @CheckReturnValue
    public HogQLQuery name(String name) {
        return new HogQLQuery(hogql, values, name, refresh);
    }

    /**
     * Sets whether PostHog can return a cached result, and whether it runs the query in the background. In any case, the
     * extension waits for the result.
     */
    @CheckReturnValue
    public HogQLQuery refresh(QueryRefresh refresh) {
        return new HogQLQuery(hogql, values, name, refresh);
    }
}
