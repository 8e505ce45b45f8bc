package io.quarkiverse.posthog.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.emulator.http.ApiException;
import io.quarkiverse.posthog.emulator.store.FlagProperties;

/** Detects that two sides have edited a flag. */
final class FlagConflicts {

    private FlagConflicts() {
    }

    /** Rejects a change with 409, but only if the client sends the original version and flag. */
    static void check(ObjectNode stored, ObjectNode patch) {
        JsonNode original = patch.path("original_flag");
        boolean outdated = patch.path("version").isInt() && !patch.get("version").equals(stored.get("version"));
        if (!outdated || !original.isObject()) {
            return;
        }
        for (var change : patch.properties()) {
            String field = change.getKey();
            boolean compared = original.has(field) && stored.has(field) && !field.equals("version");
            if (compared && changedByBoth(comparable(change.getValue()), comparable(original.get(field)),
                    comparable(stored.get(field)))) {
                String editor = stored.path("last_modified_by").path("email").asText("another user");
                throw ApiException.conflict("The feature flag was updated by " + editor
                        + " since you started editing it. Please refresh and try again.");
            }
        }
    }

    private static boolean changedByBoth(JsonNode wanted, JsonNode original, JsonNode stored) {
        return !same(wanted, original) && !same(original, stored) && !same(wanted, stored);
    }

    /** A client may have read 50 and send it back as 50.0. */
    private static boolean same(JsonNode left, JsonNode right) {
        return left.equals((a, b) -> a.isNumber() && b.isNumber() ? Double.compare(a.doubleValue(), b.doubleValue())
                : a.equals(b) ? 0 : 1, right);
    }

    /** Without what only reading adds. */
    private static JsonNode comparable(JsonNode value) {
        JsonNode copy = value.deepCopy();
        FlagProperties.of(copy).forEach(property -> property.remove("cohort_name"));
        return copy;
    }
}
