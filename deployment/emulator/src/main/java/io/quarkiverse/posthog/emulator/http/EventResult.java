package io.quarkiverse.posthog.emulator.http;

import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The result of one event of a batch, in version 1 of capture.
 *
 * @param details the reason, {@code null} if not available
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventResult(String result, String details) {

    private static final Set<String> NOT_STORED = Set.of("drop", "retry");

    public static EventResult ok() {
        return new EventResult("ok", null);
    }

    public static EventResult drop(String details) {
        return new EventResult("drop", details);
    }

    /** Treats an unknown result as stored, as clients do. */
    public boolean stored() {
        return !NOT_STORED.contains(result);
    }

    public boolean retry() {
        return result.equals("retry");
    }

    public ObjectNode toJson() {
        return (ObjectNode) EmulatorJson.of(this);
    }
}
