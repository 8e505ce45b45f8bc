package io.quarkiverse.posthog.emulator.hogql;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;

/** What a query yields; types are ClickHouse names, one for each column. */
public record HogQlResult(List<String> columns, List<String> types, ArrayNode rows, boolean hasMore, int limit,
        int offset) {
}
