/** The tools for MCP clients. They are only beans if the application has quarkus-posthog-mcp and enables it. */
package io.quarkiverse.posthog.runtime.lua.mcp;
