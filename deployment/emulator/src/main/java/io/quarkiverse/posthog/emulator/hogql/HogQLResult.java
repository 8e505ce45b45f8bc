package io.quarkiverse.posthog.emulator.hogql;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;

/** The result of a query, with the ClickHouse type of each column. */
public record HogQLResult(List<String> columns, List<String> types, ArrayNode rows, boolean hasMore, int limit,
        int offset) {
}
