package io.quarkiverse.posthog.runtime.mcp;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkiverse.posthog.runtime.functions.CallableDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionCall;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition;
import io.quarkiverse.posthog.runtime.functions.FunctionDefinition.Effect;
import io.quarkiverse.posthog.runtime.functions.FunctionException;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkiverse.posthog.runtime.functions.FunctionResult;
import io.quarkiverse.posthog.runtime.functions.arguments.ArgumentValidator;
import io.quarkiverse.posthog.runtime.functions.arguments.Arguments;
import io.quarkiverse.posthog.runtime.functions.docs.FunctionSchemas;
import io.quarkiverse.posthog.runtime.support.CallerContext;
import io.quarkus.arc.All;
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

    @All
    @Inject
    List<AdditionalTools> additional;

    @Inject
    McpCallers callers;

    @Inject
    McpEndpoint endpoint;

    /** Registers a tool for each function that some user can call, and the tools of other modules. */
    void register() {
        if (additional.stream().noneMatch(AdditionalTools::replaceFunctions)) {
            for (FunctionDefinition function : executor.catalog().functions()) {
                List<String> accounts = executor.possibleAccounts(function);
                if (!accounts.isEmpty()) {
                    register(function, accounts, function.title(), function.description(), function.effect(),
                            arguments -> call(function.name(), arguments));
                }
            }
        }
        additional.stream().flatMap(module -> module.tools().stream()).forEach(tool -> register(tool, List.of(),
                tool.title(), tool.description(), tool.effect(), arguments -> call(tool, arguments)));
    }

    private void register(CallableDefinition tool, List<String> accounts, String title, String description, Effect effect,
            Function<ToolArguments, Uni<ToolResponse>> handler) {
        try {
            tools.newTool(tool.name())
                    .setServerName(endpoint.server())
                    .setTitle(title)
                    .setDescription(description)
                    .setInputSchema(new JsonObject(FunctionSchemas.arguments(tool, accounts).toString()))
                    .setAnnotations(new ToolAnnotations(null, effect == Effect.READ, effect.isDestructive(),
                            effect.isIdempotent(), true))
                    .setAsyncHandler(handler)
                    .register();
        } catch (IllegalArgumentException e) {
            LOG.warnf("The tool %s of PostHog is not offered, because the application has another tool with this name: %s",
                    tool.name(), e.getMessage());
        }
    }

    private Uni<ToolResponse> call(String function, ToolArguments arguments) {
        return callers.of(arguments).chain(caller -> executor.execute(new FunctionCall(function, values(arguments), caller)))
                .map(McpTools::response);
    }

    private Uni<ToolResponse> call(AdditionalTool tool, ToolArguments arguments) {
        Arguments valid;
        try {
            valid = ArgumentValidator.validate(tool, "", values(arguments));
        } catch (FunctionException e) {
            return Uni.createFrom().item(response(executor.failed(e.error(), tool.name())));
        }
        return callers.of(arguments).chain(caller -> CallerContext.keep(tool.handler().call(valid, caller)))
                .map(result -> response(result.error(), result.text(), result.content().toString()));
    }

    private static Map<String, Object> values(ToolArguments arguments) {
        return arguments.args() == null ? Map.of() : arguments.args();
    }

    static ToolResponse response(FunctionResult result) {
        return response(result.isError(), result.text(), result.text());
    }

    /** Many clients only read the text, and others only the structured content. */
    private static ToolResponse response(boolean error, String text, String json) {
        return new ToolResponse(error, List.of(new TextContent(text)), new JsonObject(json), null);
    }
}
