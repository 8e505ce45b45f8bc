/**
 * Offers the functions to MCP clients. {@link io.quarkiverse.posthog.runtime.mcp.McpRegistration} registers tools, resources
 * and prompts when the application starts. All calls are performed by the {@link
 * io.quarkiverse.posthog.runtime.functions.FunctionExecutor}.
 */
package io.quarkiverse.posthog.runtime.mcp;
