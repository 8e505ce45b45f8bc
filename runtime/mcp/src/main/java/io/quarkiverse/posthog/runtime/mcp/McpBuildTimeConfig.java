package io.quarkiverse.posthog.runtime.mcp;

import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The functions of PostHog for MCP clients. */
@ConfigMapping(prefix = "quarkus.posthog.mcp")
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
public interface McpBuildTimeConfig {

    /**
     * Whether to offer PostHog to MCP clients. Secure the endpoint first: the functions use the keys of the application,
     * regardless of who calls them.
     */
    @WithDefault("false")
    boolean enabled();

    /**
     * The name of the MCP server that has the tools, resources and prompts ({@code quarkus.mcp.server."name".*}). With a server
     * of their own, you can secure their path separately from the MCP server for your own users.
     */
    @ConfigDocDefault("the default MCP server")
    Optional<String> server();
}
