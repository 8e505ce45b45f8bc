package io.quarkiverse.posthog.runtime.mcp.dev;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.posthog.runtime.functions.Caller;
import io.quarkiverse.posthog.runtime.functions.FunctionCall;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkiverse.posthog.runtime.functions.access.Approver;
import io.quarkiverse.posthog.runtime.functions.access.Approver.Answer;
import io.quarkiverse.posthog.runtime.functions.docs.FunctionDocumentation;
import io.quarkiverse.posthog.runtime.functions.result.Results;
import io.quarkus.runtime.annotations.JsonRpcDescription;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Calls functions from the Dev UI. The developer who presses the button approves the call. */
public class FunctionsJsonRpcService {

    private static final TypeReference<Map<String, Object>> ARGUMENTS = new TypeReference<>() {
    };

    private static final Approver DEVELOPER = request -> Uni.createFrom().item(Answer.ONCE);

    private final FunctionExecutor executor;

    @Inject
    public FunctionsJsonRpcService(FunctionExecutor executor) {
        this.executor = executor;
    }

    @NonBlocking
    @JsonRpcDescription("The functions of PostHog that MCP clients can call, with their parameters and accounts")
    public JsonArray functions() {
        JsonArray functions = new JsonArray();
        executor.catalog().functions().forEach(function -> {
            List<String> accounts = executor.possibleAccounts(function);
            functions.add(new JsonObject(FunctionDocumentation.json(function, accounts).toString()));
        });
        return functions;
    }

    @NonBlocking
    @JsonRpcDescription("The number of functions that MCP clients can call")
    public String functionCount() {
        return Long.toString(executor.catalog().functions().stream()
                .filter(function -> !executor.possibleAccounts(function).isEmpty()).count());
    }

    @NonBlocking
    @JsonRpcDescription("Calls a function of PostHog, as an MCP client does")
    public Uni<JsonObject> call(@JsonRpcDescription("The name of the function") String function,
            @JsonRpcDescription("The arguments, a JSON object") String arguments) {
        Map<String, Object> values;
        try {
            values = arguments == null || arguments.isBlank() ? new LinkedHashMap<>()
                    : Results.mapper().readValue(arguments, ARGUMENTS);
        } catch (IOException e) {
            return Uni.createFrom().failure(new IllegalArgumentException("The arguments are not a JSON object"));
        }
        Caller developer = new Caller("dev-ui", Optional.empty(), DEVELOPER);
        return executor.execute(new FunctionCall(function, values, developer))
                .map(result -> new JsonObject().put("error", result.isError()).put("result", new JsonObject(result.text())));
    }
}
