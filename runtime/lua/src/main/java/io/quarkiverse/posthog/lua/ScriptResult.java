package io.quarkiverse.posthog.lua;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The result of a script.
 *
 * @param output the text that the script printed, also before an error
 * @param values the values that the script returned; empty if it failed
 * @param error the reason why the script failed; null if it succeeded
 * @param calls the calls of functions, in their order
 * @param steps the number of steps of the interpreter
 * @param memory the memory in bytes that the script used at most
 * @param duration the time from the start of the script, without waiting for its turn
 */
public record ScriptResult(String output, List<JsonNode> values, ScriptError error, List<ScriptCall> calls, long steps,
        long memory, Duration duration) {

    public ScriptResult {
        values = List.copyOf(values);
        calls = List.copyOf(calls);
    }

    public boolean isSuccess() {
        return error == null;
    }

    /** Returns the returned value: null without one, an array if there are several. */
    public JsonNode value() {
        if (values.size() == 1) {
            return values.get(0);
        }
        return values.isEmpty() ? NullNode.instance : JsonNodeFactory.instance.arrayNode().addAll(values);
    }

    /**
     * Returns the result as JSON: {@code success}, {@code output}, {@code result}, {@code error} if the script failed,
     * {@code calls} with {@code path}, {@code duration_ms} and {@code status} ({@code ok} or {@code error}), {@code steps},
     * {@code memory} and {@code duration_ms}.
     */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("success", isSuccess()).put("output", output);
        json.set("result", value());
        if (error != null) {
            json.set("error", json(error));
        }
        calls.forEach(call -> json.withArray("/calls").add(json(call)));
        if (calls.isEmpty()) {
            json.putArray("calls");
        }
        return json.put("steps", steps).put("memory", memory).put("duration_ms", duration.toMillis());
    }

    private static ObjectNode json(ScriptCall call) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("path", call.path());
        if (call.account() != null) {
            json.put("account", call.account());
        }
        json.put("duration_ms", call.duration().toMillis()).put("status", call.isSuccess() ? "ok" : "error");
        return call.isSuccess() ? json : json.put("error", call.errorType());
    }

    private static ObjectNode json(ScriptError error) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", error.type()).put("message", error.message())
                .put("line", error.line()).put("operation", error.function()).put("account", error.account())
                .put("status", error.status()).put("field", error.field()).put("retry_after", error.retryAfter())
                .put("hint", error.hint());
        json.properties().removeIf(field -> field.getValue().isNull());
        return json;
    }

    /** Describes the result without output, values and the message of the error, which can contain personal data. */
    @Override
    public String toString() {
        return "ScriptResult[" + (isSuccess() ? "success" : error.type()) + ", " + calls.size()
                + " calls, " + steps + " steps, " + memory + " bytes, " + duration.toMillis() + " ms]";
    }
}
