package io.quarkiverse.posthog.runtime.mcp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.mcp.server.FilterContext;
import io.quarkiverse.mcp.server.McpMethod;
import io.quarkiverse.mcp.server.ToolFilter;
import io.quarkiverse.mcp.server.ToolManager.ToolInfo;
import io.quarkiverse.posthog.runtime.functions.FunctionExecutor;

/**
 * Hides tools that the user cannot call with any account. It does not decide about calls, because the server ignores filters
 * that fail.
 */
@Singleton
public class PermittedToolsFilter implements ToolFilter {

    @Inject
    FunctionExecutor executor;

    @Inject
    McpCallers callers;

    @Override
    public boolean test(ToolInfo tool, FilterContext context) {
        if (context.method() == McpMethod.TOOLS_CALL || tool.isMethod()) {
            return true;
        }
        return executor.catalog().find(tool.name())
                .map(function -> !executor.permittedAccounts(function, callers.currentIdentity()).isEmpty()).orElse(true);
    }
}
