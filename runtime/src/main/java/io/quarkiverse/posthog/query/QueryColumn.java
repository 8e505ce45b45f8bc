package io.quarkiverse.posthog.query;

/**
 * A column of a query result.
 *
 * @param name the name or alias
 * @param type the ClickHouse type, such as {@code UInt64}; null where PostHog does not say
 */
public record QueryColumn(String name, String type) {
}
