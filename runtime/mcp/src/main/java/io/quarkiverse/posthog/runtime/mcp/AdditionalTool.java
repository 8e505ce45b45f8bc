package io.quarkiverse.posthog.runtime.mcp;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.runtime.functions.CallableDefinition;
import io.quarkiverse.posthog.runtime.functions.Caller;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.FunctionParameter;
import io.quarkiverse.posthog.runtime.functions.arguments.Arguments;
import io.smallrye.mutiny.Uni;

/**
 * A tool that is not a function.
 *
 * @param handler is called with valid arguments
 */
public record AdditionalTool(String name, String title, String description, Effect effect, List<FunctionParameter> parameters,
        Handler handler) implements CallableDefinition {

    /** Performs a call. Must not block. */
    @FunctionalInterface
    public interface Handler {

        Uni<Result> call(Arguments arguments, Caller caller);
    }

    /**
     * The result of a call, in two forms, because many clients only read the text, and others only the structured content.
     */
    public record Result(boolean error, String text, ObjectNode content) {

        /** Returns a result whose text is its JSON. */
        public static Result json(boolean error, ObjectNode content) {
            return new Result(error, content.toString(), content);
        }
    }

    public AdditionalTool {
        parameters = List.copyOf(parameters);
    }
}
