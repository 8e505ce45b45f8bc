package io.quarkiverse.posthog.runtime.functions;

import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.smallrye.mutiny.Uni;

/**
 * A request that changes data and was not sent yet.
 *
 * @param body the body, without keys
 * @param target what the request changes, for people
 * @param changes the difference to the current state; empty if there is none, or if it was not determined
 * @param send sends the request
 */
public record PreparedWrite(String method, String path, JsonNode body, String target, List<Change> changes,
        Supplier<Uni<ObjectNode>> send) {

    /**
     * A changed value.
     *
     * @param field the path of the value, such as {@code filters.groups[0].rollout_percentage}
     * @param before the value before; a missing node if there was none
     * @param after the value after; a missing node if it is removed
     */
    public record Change(String field, JsonNode before, JsonNode after) {
    }

    public PreparedWrite {
        changes = List.copyOf(changes);
    }
}
