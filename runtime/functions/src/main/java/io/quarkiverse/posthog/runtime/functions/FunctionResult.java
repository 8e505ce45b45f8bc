package io.quarkiverse.posthog.runtime.functions;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The result of a call.
 *
 * @param content the result, or an object with the field {@code error}
 * @param text the content as JSON text
 * @param error the reason why the call failed; null if it succeeded
 */
public record FunctionResult(ObjectNode content, String text, FunctionError error) {

    public boolean isError() {
        return error != null;
    }
}
