package io.quarkiverse.posthog.runtime.mcp;

import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkiverse.posthog.runtime.functions.FunctionCall;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkiverse.posthog.runtime.functions.FunctionResult;
import io.quarkiverse.posthog.runtime.functions.docs.FunctionSchemas;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** The functions as tools. */
@Singleton
public class McpTools {

    private static final Logger LOG = Logger.getLogger(McpTools.class);

    // Injected, because the server only announces changes of its list if there is an injection point
    @Inject
    ToolManager tools;

    @Inject
    FunctionExecutor executor;

    @Inject
    McpCallers callers;

    @Inject
    McpEndpoint endpoint;

    /** Registers a tool for each function that some user can call. */
    void register() {
        for (FunctionDefinition function : executor.catalog().functions()) {
            List<String> accounts = executor.possibleAccounts(function);
            if (!accounts.isEmpty()) {
                register(function, accounts);
            }
        }
    }

    private void register(FunctionDefinition function, List<String> accounts) {
        try {
            tools.newTool(function.name())
                    .setServerName(endpoint.server())
                    .setTitle(function.title())
                    .setDescription(function.description())
                    .setInputSchema(new JsonObject(FunctionSchemas.arguments(function, accounts).toString()))
                    .setAnnotations(new ToolAnnotations(null, function.operation() == FunctionOperation.READ,
                            function.effect().isDestructive(), function.effect().isIdempotent(), true))
                    .setAsyncHandler(arguments -> call(function.name(), arguments))
                    .register();
        } catch (IllegalArgumentException e) {
            LOG.warnf("The tool %s of PostHog is not offered, because the application has another tool with this name: %s",
                    function.name(), e.getMessage());
        }
    }

    private Uni<ToolResponse> call(String function, ToolArguments arguments) {
        Map<String, Object> values = arguments.args() == null ? Map.of() : arguments.args();
        return callers.of(arguments).chain(caller -> executor.execute(new FunctionCall(function, values, caller)))
                .map(McpTools::response);
    }

    /** Many clients only read the text, and others only the structured content. */
    static ToolResponse response(FunctionResult result) {
        return new ToolResponse(result.isError(), List.of(new TextContent(result.text())), new JsonObject(result.text()), null);
    }
}
