package io.quarkiverse.posthog.runtime.mcp;

import java.util.List;
import java.util.Objects;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.mcp.server.McpMethod;
import io.quarkiverse.mcp.server.runtime.McpRequest;
import io.quarkiverse.mcp.server.runtime.McpRequestValidator;
import io.quarkiverse.posthog.runtime.functions.FunctionError;
import io.quarkiverse.posthog.runtime.functions.FunctionError.Type;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkus.arc.All;
import io.quarkus.arc.Arc;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * Removes null arguments from calls of these tools and prompts, and rejects arguments that are not an object. The server would
 * respond to both with an internal error, before any code of a tool. Other validators still apply.
 */
@Alternative
@Priority(1)
@Singleton
public class CallNormalizer implements McpRequestValidator {

    private static final String NAME = "name";
    private static final String ARGUMENTS = "arguments";

    @Inject
    FunctionExecutor executor;

    @Inject
    McpEndpoint endpoint;

    @All
    @Inject
    List<AdditionalTools> additional;

    @Inject
    OtherValidators others;

    @Override
    public <R extends McpRequest> Future<Boolean> validate(JsonObject message, R request, McpMethod method) {
        if (isOurs(message, request, method)) {
            JsonObject params = message.getJsonObject("params");
            Object arguments = params.getValue(ARGUMENTS);
            if (arguments instanceof JsonObject object) {
                object.getMap().values().removeIf(Objects::isNull);
            } else if (arguments == null) {
                params.remove(ARGUMENTS);
            } else if (method == McpMethod.TOOLS_CALL) {
                return request.sender().sendResult(message.getValue("id"), McpTools.response(executor.failed(
                        FunctionError.of(Type.VALIDATION, ARGUMENTS + " must be an object").field(ARGUMENTS)
                                .hint("Pass the arguments by name."),
                        params.getString(NAME)))).map(false);
            }
        }
        return others(message, request, method);
    }

    private boolean isOurs(JsonObject message, McpRequest request, McpMethod method) {
        if (!request.serverName().equals(endpoint.server()) || !(message.getValue("params") instanceof JsonObject params)
                || !(params.getValue(NAME) instanceof String name)) {
            return false;
        }
        return method == McpMethod.TOOLS_CALL && (executor.catalog().find(name).isPresent() || isAdditional(name))
                || method == McpMethod.PROMPTS_GET && McpPrompts.names().contains(name);
    }

    private boolean isAdditional(String name) {
        return additional.stream().flatMap(module -> module.tools().stream()).anyMatch(tool -> tool.name().equals(name));
    }

    private <R extends McpRequest> Future<Boolean> others(JsonObject message, R request, McpMethod method) {
        Future<Boolean> valid = Future.succeededFuture(true);
        for (Class<?> type : others.classes()) {
            // Each by its class, because this alternative would be the only one of their common type
            McpRequestValidator validator = (McpRequestValidator) Arc.container().instance(type).get();
            valid = valid.compose(previous -> previous ? validator.validate(message, request, method)
                    : Future.succeededFuture(false));
        }
        return valid;
    }
}
