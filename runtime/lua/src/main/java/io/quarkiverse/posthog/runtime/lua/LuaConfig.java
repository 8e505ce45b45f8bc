package io.quarkiverse.posthog.runtime.lua;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.posthog.functions.Access;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Scripts in Lua. */
@ConfigMapping(prefix = LuaConfig.PREFIX)
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface LuaConfig {

    String PREFIX = "quarkus.posthog.lua";

    /**
     * Whether scripts of the application can call functions that read: {@code allow}, {@code ask} or {@code deny}. Scripts of
     * MCP clients follow {@code quarkus.posthog.mcp.read}.
     */
    @WithDefault("allow")
    Access read();

    /**
     * Whether scripts of the application can call functions that capture events, or change feature flags: {@code allow},
     * {@code ask} or {@code deny}. With {@code ask}, only dry runs are possible, because the application cannot ask a person.
     * Scripts of MCP clients follow {@code quarkus.posthog.mcp.write}.
     */
    @WithDefault("ask")
    Access write();

    /**
     * The access of scripts of the application to single accounts.
     */
    @ConfigDocMapKey("account-name")
    Map<String, AccountAccess> accounts();

    /**
     * Whether to mask email addresses, phone numbers and IP addresses of end users in the data that scripts of the application
     * read. Scripts of MCP clients follow {@code quarkus.posthog.mcp.mask-personal-data}.
     */
    @WithDefault("true")
    boolean maskPersonalData();

    /**
     * Limits.
     */
    Limits limits();

    /**
     * Scripts of MCP clients.
     */
    Mcp mcp();

    /** The access to an account. */
    @ConfigGroup
    interface AccountAccess {

        /**
         * Whether functions that read can be called with this account. The default is {@code quarkus.posthog.lua.read}.
         */
        Optional<Access> read();

        /**
         * Whether functions that change data can be called with this account. The default is {@code quarkus.posthog.lua.write}.
         */
        Optional<Access> write();
    }

    /** The limits of a script, and of all scripts. */
    @ConfigGroup
    interface Limits {

        /**
         * The maximum computing time of a script. The time in which it waits for PostHog does not count.
         */
        @WithDefault("30s")
        Duration cpu();

        /**
         * The maximum memory of the values of a script, at least {@code 1M}.
         */
        @WithDefault("32M")
        MemorySize memory();

        /**
         * The maximum time of a script, with the time in which it waits for PostHog, but without the time in which it waits for
         * its turn or for the approval of a person.
         */
        @WithDefault("2m")
        Duration time();

        /**
         * The maximum number of calls of functions.
         */
        @WithDefault("200")
        int calls();

        /**
         * The maximum number of characters that a script can print and return.
         */
        @WithDefault("60000")
        int outputChars();

        /**
         * The maximum number of characters of the source of a script.
         */
        @WithDefault("100000")
        int sourceChars();

        /**
         * The maximum number of characters of the result of a call, at least 2000. Longer lists are continued with a cursor.
         */
        @WithDefault("1000000")
        int resultChars();

        /**
         * The maximum number of scripts that run at the same time. Each uses a thread of the worker pool, so this must be less
         * than {@code quarkus.thread-pool.max-threads}.
         */
        @WithDefault("4")
        int maxConcurrent();

        /**
         * The maximum number of scripts that wait for their turn. Further scripts fail with the error {@code busy}.
         */
        @WithDefault("100")
        int maxWaiting();

        /**
         * The maximum memory of all scripts that run at the same time. A script waits until the memory that it is permitted to
         * use is available.
         */
        @ConfigDocDefault("a quarter of the maximum heap; the limit of each script is reduced if this is less")
        Optional<MemorySize> totalMemory();
    }

    /** The tools of MCP clients. */
    @ConfigGroup
    interface Mcp {

        /**
         * The tools that MCP clients have if {@code quarkus.posthog.mcp.enabled} is set: {@code tools} for the functions only,
         * {@code code} for scripts and their documentation only, or {@code both}.
         */
        @WithDefault("both")
        McpMode mode();
    }

    /** The tools that MCP clients have. */
    enum McpMode {
        /** The functions. */
        TOOLS,
        /** Scripts and their documentation. */
        CODE,
        /** All. */
        BOTH
    }
}
