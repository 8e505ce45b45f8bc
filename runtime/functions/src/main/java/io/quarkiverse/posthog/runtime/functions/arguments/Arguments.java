package io.quarkiverse.posthog.runtime.functions.arguments;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.runtime.functions.arguments.Cursor.Scope;

/**
 * The valid arguments of a call, with the default values of the others.
 *
 * @param values the values in the types of Java
 * @param scope the list that a cursor of this call continues
 * @param position the position of the cursor; null without a cursor
 */
public record Arguments(Map<String, Object> values, Scope scope, ObjectNode position) {

    public Arguments {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    private <T> Optional<T> value(String name, Class<T> type) {
        return Optional.ofNullable(type.cast(values.get(name)));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Optional<String> text(String name) {
        return value(name, String.class);
    }

    /** @return null if the argument is missing */
    public String textOrNull(String name) {
        return text(name).orElse(null);
    }

    public Optional<Long> integer(String name) {
        return value(name, Long.class);
    }

    /** An integer that has a default value. */
    public int number(String name) {
        return Math.toIntExact((Long) values.get(name));
    }

    public Optional<Boolean> bool(String name) {
        return value(name, Boolean.class);
    }

    public boolean isTrue(String name) {
        return bool(name).orElse(false);
    }

    public Optional<Instant> instant(String name) {
        return value(name, Instant.class);
    }

    public Optional<UUID> uuid(String name) {
        return value(name, UUID.class);
    }

    @SuppressWarnings("unchecked")
    public Optional<Map<String, Object>> object(String name) {
        return Optional.ofNullable((Map<String, Object>) values.get(name));
    }

    @SuppressWarnings("unchecked")
    public List<String> texts(String name) {
        return (List<String>) values.getOrDefault(name, List.of());
    }

    /**
     * Returns the cursor that continues the list of this call at a position; null if the arguments of the call are too large
     * to be part of a cursor.
     */
    public String cursor(ObjectNode position) {
        String cursor = new Cursor(scope, position).encode();
        return cursor.length() <= Cursor.MAX_LENGTH ? cursor : null;
    }
}
