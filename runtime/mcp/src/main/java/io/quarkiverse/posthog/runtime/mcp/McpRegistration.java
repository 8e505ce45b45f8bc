package io.quarkiverse.posthog.runtime.mcp;

import java.util.concurrent.CompletableFuture;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;

import io.quarkiverse.mcp.server.InitialCheck;
import io.quarkiverse.mcp.server.InitialRequest;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkiverse.posthog.runtime.support.CallerContext;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;

/**
 * Registers tools, resources and prompts when the application starts. Clients that connect earlier have to wait: stdio already
 * reads requests before that, and a client that lists the tools then would only see some of them.
 */
@Singleton
public class McpRegistration implements InitialCheck {

    private static final Logger LOG = Logger.getLogger(McpRegistration.class);

    @Inject
    FunctionExecutor executor;

    @Inject
    McpTools tools;

    @Inject
    McpResources resources;

    @Inject
    McpPrompts prompts;

    @Inject
    EndpointSecurityCheck security;

    private final CompletableFuture<CheckResult> registered = new CompletableFuture<>();

    @Override
    public Uni<CheckResult> perform(InitialRequest request) {
        return CallerContext.keep(Uni.createFrom().completionStage(registered));
    }

    /** Runs before the application opens accounts for its tenants. */
    void started(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (executor.accounts().isEmpty()) {
            LOG.warn("There is no usable PostHog account, so nothing is offered to MCP clients; set a key, such as "
                    + "quarkus.posthog.personal-api-key");
        } else {
            tools.register();
            resources.register();
            prompts.register();
            security.warn();
        }
        registered.complete(CheckResult.SUCCESS);
    }
}
