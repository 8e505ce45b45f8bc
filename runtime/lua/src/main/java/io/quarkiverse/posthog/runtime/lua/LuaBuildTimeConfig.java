package io.quarkiverse.posthog.runtime.lua;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Scripts in Lua. */
@ConfigMapping(prefix = "quarkus.posthog.lua")
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
public interface LuaBuildTimeConfig {

    /**
     * Whether the application can run scripts, and MCP clients if {@code quarkus.posthog.mcp.enabled} is set.
     */
    @WithDefault("false")
    boolean enabled();
}
