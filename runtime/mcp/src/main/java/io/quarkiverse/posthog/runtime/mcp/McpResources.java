package io.quarkiverse.posthog.runtime.mcp;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.mcp.server.FeatureManager.FeatureArguments;
import io.quarkiverse.mcp.server.JsonRpcErrorCodes;
import io.quarkiverse.mcp.server.McpException;
import io.quarkiverse.mcp.server.ResourceManager;
import io.quarkiverse.mcp.server.ResourceResponse;
import io.quarkiverse.mcp.server.ResourceTemplateManager;
import io.quarkiverse.mcp.server.ResourceTemplateManager.ResourceTemplateArguments;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.quarkiverse.posthog.functions.FunctionOperation;
import io.quarkiverse.posthog.runtime.functions.Caller;
import io.quarkiverse.posthog.runtime.functions.FunctionAccount;
import io.quarkiverse.posthog.runtime.functions.FunctionCall;
import io.quarkiverse.posthog.runtime.functions.FunctionError.Type;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkiverse.posthog.runtime.functions.FunctionResult;
import io.quarkiverse.posthog.runtime.functions.docs.CallSyntax;
import io.quarkiverse.posthog.runtime.functions.docs.FunctionDocumentation;
import io.smallrye.mutiny.Uni;

/** The documentation, the accounts, flags and checks as resources. */
@Singleton
public class McpResources {

    private static final Logger LOG = Logger.getLogger(McpResources.class);

    private static final String DOCS = "posthog://docs/";
    private static final String ACCOUNTS = "posthog://accounts";
    private static final String JSON = "application/json";
    private static final String MARKDOWN = "text/markdown";

    @Inject
    ResourceManager resources;

    @Inject
    ResourceTemplateManager templates;

    @Inject
    FunctionExecutor executor;

    @Inject
    McpCallers callers;

    @Inject
    McpEndpoint endpoint;

    void register() {
        FunctionDocumentation docs = new FunctionDocumentation(executor.catalog(), CallSyntax.JSON);
        for (String page : docs.pages()) {
            boolean overview = page.equals(FunctionDocumentation.PAGE);
            unlessTaken(page, () -> resources.newResource(page).setUri(DOCS + page).setServerName(endpoint.server())
                    .setMimeType(MARKDOWN)
                    .setDescription(overview ? "All PostHog functions, with accounts, lists, changes and errors."
                            : "Parameters, result and example of " + page.substring(FunctionDocumentation.PAGE.length() + 1)
                                    + ".")
                    .setAsyncHandler(arguments -> Uni.createFrom().item(() -> text(arguments.requestUri().value(), MARKDOWN,
                            docs.markdown(page).orElseThrow())))
                    .register());
        }
        unlessTaken(ACCOUNTS, () -> resources.newResource("posthog_accounts").setUri(ACCOUNTS)
                .setServerName(endpoint.server()).setMimeType(JSON)
                .setDescription("The PostHog accounts: name, project, host, and what can be called.")
                .setAsyncHandler(arguments -> callers.of(arguments)
                        .map(caller -> text(arguments.requestUri().value(), JSON, accounts(caller).toString())))
                .register());
        unlessTaken("search", () -> templates.newResourceTemplate("posthog_docs_search")
                .setUriTemplate(DOCS + "search/{query}").setServerName(endpoint.server()).setMimeType(MARKDOWN)
                .setDescription("The PostHog functions that match the words of the query.")
                .setAsyncHandler(arguments -> Uni.createFrom().item(() -> text(arguments.requestUri().value(), MARKDOWN,
                        docs.search(argument(arguments, "query")))))
                .register());
        unlessTaken("posthog_flag", () -> templates.newResourceTemplate("posthog_flag")
                .setUriTemplate("posthog://{account}/flags/{key}").setServerName(endpoint.server()).setMimeType(JSON)
                .setDescription("A feature flag of an account.")
                .setAsyncHandler(arguments -> called(arguments, "posthog_get_feature_flag",
                        Map.of("account", argument(arguments, "account"), "key", argument(arguments, "key"))))
                .register());
        unlessTaken("posthog_account_check", () -> templates.newResourceTemplate("posthog_account_check")
                .setUriTemplate("posthog://{account}/doctor").setServerName(endpoint.server()).setMimeType(JSON)
                .setDescription("The check of an account: hosts, keys, scopes, project, clock and delivery.")
                .setAsyncHandler(arguments -> called(arguments, "posthog_doctor",
                        Map.of("account", argument(arguments, "account"))))
                .register());
    }

    static void unlessTaken(String name, Runnable registration) {
        try {
            registration.run();
        } catch (IllegalArgumentException e) {
            LOG.warnf("%s of PostHog is not offered to MCP clients, because the application has it too: %s", name,
                    e.getMessage());
        }
    }

    private static String argument(ResourceTemplateArguments arguments, String name) {
        try {
            return URLDecoder.decode(arguments.args().get(name).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new McpException("The URI is not encoded correctly", JsonRpcErrorCodes.INVALID_PARAMS);
        }
    }

    private Uni<ResourceResponse> called(ResourceTemplateArguments arguments, String function, Map<String, Object> values) {
        return called((FeatureArguments) arguments, function, values)
                .map(result -> text(arguments.requestUri().value(), JSON, result.text()));
    }

    private Uni<FunctionResult> called(FeatureArguments arguments, String function, Map<String, Object> values) {
        return callers.of(arguments)
                .chain(caller -> executor.execute(new FunctionCall(function, new LinkedHashMap<>(values), caller)))
                .invoke(result -> {
                    if (result.isError()) {
                        boolean missing = result.error().type() == Type.NOT_FOUND
                                || result.error().type() == Type.UNKNOWN_ACCOUNT;
                        throw new McpException(result.content().at("/error/message").asText(),
                                missing ? JsonRpcErrorCodes.RESOURCE_NOT_FOUND : JsonRpcErrorCodes.INVALID_REQUEST);
                    }
                });
    }

    private JsonNode accounts(Caller caller) {
        ArrayNode accounts = JsonNodeFactory.instance.arrayNode();
        executor.permittedAccounts(caller.identity())
                .forEach(name -> accounts.add(json(name, executor.accounts().get(name))));
        return accounts;
    }

    private ObjectNode json(String name, FunctionAccount account) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("account", name).put("host", account.host());
        json.set("project_id", account.projectId());
        for (FunctionOperation operation : FunctionOperation.values()) {
            json.put(lower(operation), lower(executor.policy().configured(operation, name)));
        }
        json.put("can_capture_and_evaluate_flags", account.canCapture()).put("can_read_and_manage", account.canReadAndManage());
        return account.isProjectFixed() ? json
                : json.put("hint", "The project is the one that the owner of the personal API key last selected in PostHog. "
                        + "Set the project ID of the account to fix it.");
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static ResourceResponse text(String uri, String type, String text) {
        return new ResourceResponse(new TextResourceContents(uri, text, type));
    }
}
