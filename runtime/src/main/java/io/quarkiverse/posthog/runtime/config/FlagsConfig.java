package io.quarkiverse.posthog.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** Evaluating feature flags. */
@ConfigGroup
public interface FlagsConfig {

    /**
     * Whether to evaluate flags. If set to false, flags have their default values, and no requests are sent.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * Whether to evaluate flags locally, from flag definitions. Flags that cannot be evaluated locally are evaluated by
     * PostHog. Corresponds to {@code enableLocalEvaluation} in PostHog's Node.js SDK.
     * <p>
     * The definitions are loaded at startup and then at every {@code definitions.poll-interval}. PostHog bills each of
     * these requests as ten flag requests. Requires {@code project-api-key}, and {@code feature-flags-secure-api-key} or
     * {@code personal-api-key} with the scope {@code feature_flag:read}.
     */
    @ConfigDocDefault("`true` with `feature-flags-secure-api-key`, otherwise `false`")
    Optional<Boolean> localEvaluation();

    /**
     * The maximum duration of an evaluation, including the wait for flag definitions, the request to PostHog, and its
     * retries.
     * <p>
     * After that, the request is aborted, and the flags that were not evaluated locally have their defaults, with the error
     * {@code timeout}. A caller that joins a running evaluation of the same flags waits no longer than this itself. Corresponds
     * to {@code featureFlagsRequestTimeoutMs} in PostHog's Node.js SDK.
     */
    @WithDefault("3s")
    Duration timeout();

    /**
     * The maximum number of retries after a connection failure or a 502 or 504 response. The delay starts at 300
     * milliseconds and doubles with each retry. Other failures are not retried.
     */
    @WithDefault("1")
    int maxRetries();

    /**
     * The version of the flag responses that PostHog is requested to return: 2, or 3 for typed values such as numbers and
     * objects. With local evaluation, version 3 is also used if the definitions contain a flag that requires it.
     */
    @WithDefault("2")
    int apiVersion();

    /**
     * The compression of flag requests of 1024 bytes or more. A request that the host cannot decompress is retried once
     * without compression, and all later requests are sent without compression.
     */
    @WithDefault("gzip")
    FlagCompression compression();

    /**
     * The evaluation contexts of the application, such as {@code checkout}. A flag that has evaluation contexts in PostHog is
     * evaluated only if it has at least one of these; a flag without evaluation contexts is always evaluated.
     */
    @ConfigDocDefault("the flags of all contexts")
    Optional<List<String>> evaluationContexts();

    /**
     * The cache of flags that PostHog evaluated.
     */
    CacheConfig cache();

    /**
     * Whether to capture {@code $feature_flag_called} when a flag value is accessed, which records an exposure. Corresponds to
     * {@code sendFeatureFlagEvent} in PostHog's SDKs.
     */
    @WithDefault("true")
    boolean sendFeatureFlagEvents();

    /**
     * The maximum number of exposures that are remembered in order not to report them again. The least recently used
     * exposure is removed first. Corresponds to {@code featureFlagCalledCacheSize} in PostHog's Java SDK.
     */
    @WithDefault("50000")
    int featureFlagCalledCacheSize();

    /**
     * The flag definitions for local evaluation.
     */
    DefinitionsConfig definitions();

    /** The compression of flag requests. */
    enum FlagCompression {
        NONE,
        GZIP
    }

    /** The cache of flags that PostHog evaluated. */
    @ConfigGroup
    interface CacheConfig {

        /**
         * The time for which a result of PostHog is reused for the same person, groups, properties and flags. 0
         * disables the cache.
         */
        @WithDefault("0s")
        Duration ttl();

        /**
         * The maximum number of results in the cache. Results that were not used recently are removed first.
         */
        @WithDefault("10000")
        int maxEntries();
    }

    /** The flag definitions for local evaluation. */
    @ConfigGroup
    interface DefinitionsConfig {

        /**
         * The interval at which flag definitions are updated. It varies by up to 10 percent. Corresponds to
         * {@code featureFlagsPollingInterval} in PostHog's Node.js SDK.
         * <p>
         * After a rejected key or too many requests, the interval doubles each time, up to one minute. If PostHog
         * requests a longer delay, it applies, up to one hour.
         */
        @WithDefault("30s")
        Duration pollInterval();

        /**
         * The maximum duration of a request for the definitions, up to the last byte of the response.
         */
        @WithDefault("10s")
        Duration timeout();

        /**
         * The maximum time that startup, and evaluations right after it, wait for the first flag definitions. After
         * that, PostHog evaluates the flags until the definitions are loaded. 0 disables waiting. An evaluation waits
         * at most for {@code flags.timeout}.
         * <p>
         * Startup does not wait if there is a copy in {@code definitions.cache-directory}, or if other instances share their
         * definitions.
         */
        @WithDefault("3s")
        Duration startupTimeout();

        /**
         * The directory for a copy of the flag definitions. The copy is used after the next start until PostHog has
         * sent the definitions, so that the application can start during an outage of PostHog. Accounts, and
         * applications of the same user, can share the directory. It is not used if other users can write to it.
         */
        @ConfigDocDefault("no copy")
        Optional<Path> cacheDirectory();

        /**
         * The timeout of each call to a `FlagDefinitionCacheProvider`, which shares flag definitions between instances.
         */
        @WithDefault("2s")
        Duration providerTimeout();

        /**
         * Sharing of flag definitions between instances through Redis.
         */
        RedisConfig redis();
    }

    /** Sharing of flag definitions between instances through Redis. */
    @ConfigGroup
    interface RedisConfig {

        /**
         * Whether to share the flag definitions between instances of the application through Redis: one of them loads the
         * definitions from
         * PostHog, and the others read them from Redis. Requires the extension {@code quarkus-redis-client}, and replaces a
         * `FlagDefinitionCacheProvider`.
         * <p>
         * If this instance shuts down, another one takes over at its next {@code definitions.poll-interval}. If it crashes,
         * another one takes over after twice the interval plus {@code definitions.timeout}.
         */
        @WithDefault("false")
        boolean enabled();

        /**
         * The name of the Redis client to use ({@code quarkus.redis."name".*}). Its {@code hosts} must be configured
         * when the application is built.
         */
        @ConfigDocDefault("the default Redis client")
        Optional<String> clientName();

        /**
         * The prefix of keys in Redis, which is followed by the account and a hash of its project token.
         */
        @WithDefault("posthog:flags")
        String keyPrefix();
    }
}
