package io.quarkiverse.posthog.runtime.mcp;

import java.util.Optional;

/**
 * The MCP server that has the functions.
 *
 * @param server the name of the server
 * @param path the path of its HTTP endpoint; empty without one
 */
public record McpEndpoint(String server, Optional<String> path) {
}
