package io.quarkiverse.posthog.emulator.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.http.ApiRequest;
import io.quarkiverse.posthog.emulator.http.EmulatorJson;

/** The common part of the resources that PATCH changes, deletes and restores. */
final class SoftDeletable {

    private SoftDeletable() {
    }

    /** Copies the writable fields of a body; others are ignored. */
    static void patch(ObjectNode document, ObjectNode body, List<String> texts, List<String> flags) {
        for (String field : flags) {
            require(body, field, body.path(field).isBoolean(), "Must be a valid boolean.");
        }
        for (String field : texts) {
            require(body, field, body.path(field).isTextual() || body.path(field).isNull(), "Not a valid string.");
        }
        require(body, "tags", body.path("tags").isArray(), "Expected a list of items.");
        List<String> writable = new ArrayList<>(texts);
        writable.addAll(flags);
        if (document.has("tags")) {
            writable.add("tags");
        }
        writable.stream().filter(body::has).forEach(field -> document.set(field, body.get(field)));
    }

    private static void require(ObjectNode body, String field, boolean valid, String detail) {
        if (body.has(field) && !valid) {
            throw ApiException.invalid("invalid_input", detail, field);
        }
    }

    /** Whether a document was made by one of the users of the {@code created_by} style parameters. */
    static boolean isCreatedBy(ObjectNode document, String ids) {
        JsonNode wanted = EmulatorJson.tryParse(ids).orElseGet(EmulatorJson::array);
        String own = document.path("created_by").path("id").asText();
        return wanted.isArray() ? wanted.valueStream().anyMatch(id -> id.asText().equals(own)) : wanted.asText().equals(own);
    }

    /** Whether one of the text fields holds the {@code search} parameter. */
    static boolean isFound(ObjectNode document, ApiRequest request, String... fields) {
        String wanted = request.param("search").orElse("").toLowerCase(Locale.ROOT);
        return List.of(fields).stream()
                .anyMatch(field -> document.path(field).asText("").toLowerCase(Locale.ROOT).contains(wanted));
    }
}
