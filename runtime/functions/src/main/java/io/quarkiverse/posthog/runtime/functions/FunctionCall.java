package io.quarkiverse.posthog.runtime.functions;

import java.util.Map;

/**
 * A call of a function.
 *
 * @param arguments the arguments, which are not validated yet: text, numbers, booleans, maps, lists and null
 */
public record FunctionCall(String function, Map<String, ?> arguments, Caller caller) {

    public FunctionCall {
        arguments = arguments == null ? Map.of() : arguments;
    }
}
