package io.quarkiverse.posthog.runtime.mcp;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;

import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;
import io.quarkus.runtime.StartupEvent;

/** Registers tools, resources and prompts when the application starts. */
@Singleton
public class McpRegistration {

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

    /** Runs before the application opens accounts for its tenants. */
    void started(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (executor.accounts().isEmpty()) {
            LOG.warn("There is no usable PostHog account, so nothing is offered to MCP clients; set a key, such as "
                    + "quarkus.posthog.personal-api-key");
            return;
        }
        tools.register();
        resources.register();
        prompts.register();
        security.warn();
    }
}
