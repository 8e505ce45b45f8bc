package io.quarkiverse.posthog.runtime.mcp;

import java.util.List;

/** A bean of another module that adds tools to the MCP server of the functions. */
public interface AdditionalTools {

    /** Returns the tools, in a fixed order. */
    List<AdditionalTool> tools();

    /** Whether these tools replace the tools of the functions. */
    boolean replaceFunctions();
}
