package io.quarkiverse.posthog.emulator.hogql;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** The columns of the events table. */
final class Columns {

    static final List<String> STAR = List.of("uuid", "event", "properties", "timestamp", "distinct_id", "person_id");

    private Columns() {
    }

    static String type(Expr.Column column) {
        List<String> path = column.path();
        boolean property = path.size() > 1 && path.get(0).equals("properties")
                || path.size() > 2 && path.get(0).equals("person") && path.get(1).equals("properties");
        if (property) {
            return "Nullable(String)";
        }
        return switch (String.join(".", path)) {
            case "uuid", "person_id", "person.id" -> "UUID";
            case "event", "distinct_id", "properties", "person.properties" -> "String";
            case "timestamp" -> "DateTime64(6, 'UTC')";
            default -> throw HogQLException.unsupported("Unable to resolve field: " + path.get(path.size() > 1
                    && path.get(0).equals("person") ? 1 : 0));
        };
    }

    static Object value(Expr.Column column, HogQLRow row) {
        List<String> path = column.path();
        return switch (path.get(0)) {
            case "uuid" -> row.uuid();
            case "event" -> row.event();
            case "distinct_id" -> row.distinctId();
            case "person_id" -> row.personId();
            case "timestamp" -> row.timestamp();
            case "properties" -> property(row.properties(), path.subList(1, path.size()));
            default -> path.get(1).equals("id") ? row.personId()
                    : property(row.personProperties(), path.subList(2, path.size()));
        };
    }

    private static Object property(JsonNode properties, List<String> path) {
        JsonNode node = properties;
        for (String name : path) {
            node = node.path(name);
        }
        return Values.of(node);
    }
}
