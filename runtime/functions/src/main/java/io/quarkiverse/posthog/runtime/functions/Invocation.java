package io.quarkiverse.posthog.runtime.functions;

import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.posthog.runtime.functions.arguments.Arguments;
import io.quarkiverse.posthog.runtime.functions.result.Results;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * A call whose arguments are valid and whose access is permitted.
 *
 * @param results writes results, within the limits that apply to them
 */
public record Invocation(FunctionAccount account, Arguments arguments, Results results) {

    /** Converts an item to a result on a worker thread, because this can take long for large items. */
    public <T> Uni<ObjectNode> shaped(Uni<T> item, Function<T, ObjectNode> conversion) {
        return item.emitOn(Infrastructure.getDefaultWorkerPool()).map(conversion);
    }
}
