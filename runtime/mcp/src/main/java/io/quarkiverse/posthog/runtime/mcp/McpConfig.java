package io.quarkiverse.posthog.runtime.mcp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.posthog.functions.Access;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The functions of PostHog for MCP clients. */
@ConfigMapping(prefix = McpConfig.PREFIX)
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface McpConfig {

    String PREFIX = "quarkus.posthog.mcp";

    /**
     * Whether functions that read can be called: {@code allow}, {@code ask} to let the client ask its user before each call, or
     * {@code deny}.
     */
    @WithDefault("allow")
    Access read();

    /**
     * Whether functions that capture events, or change feature flags, can be called: {@code allow}, {@code ask} to let the
     * client
     * ask its user before each call, or {@code deny}.
     */
    @WithDefault("ask")
    Access write();

    /**
     * The access to single accounts.
     */
    @ConfigDocMapKey("account-name")
    Map<String, AccountAccess> accounts();

    /**
     * Whether to mask email addresses, phone numbers and IP addresses of end users in events, persons and query results.
     */
    @WithDefault("true")
    boolean maskPersonalData();

    /**
     * The maximum number of characters of a result, at least 2000. Longer lists are continued with a cursor.
     */
    @WithDefault("60000")
    int maxResultChars();

    /**
     * The time in which a user must approve a call. After that, the call is rejected.
     */
    @WithDefault("60s")
    Duration approvalTimeout();

    /** The access to an account. */
    @ConfigGroup
    interface AccountAccess {

        /**
         * Whether functions that read can be called with this account. The default is {@code quarkus.posthog.mcp.read}.
         */
        Optional<Access> read();

        /**
         * Whether functions that change data can be called with this account. The default is {@code quarkus.posthog.mcp.write}.
         */
        Optional<Access> write();
    }
}
