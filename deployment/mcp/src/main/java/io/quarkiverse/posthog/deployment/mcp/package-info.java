/** The build steps of the MCP extension. */
package io.quarkiverse.posthog.deployment.mcp;
