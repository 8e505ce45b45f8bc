package io.quarkiverse.posthog.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** Evaluating feature flags. */
@ConfigGroup
public interface FlagsConfig {

    /**
     * Whether flags are evaluated. Otherwise no flag has a value, and nothing is asked of PostHog.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * Whether flags are evaluated in this process, from their definitions, and PostHog is asked only for what can't
     * be.
     * <p>
     * The definitions are read at the start of the application and then at each {@code definitions.poll-interval}.
     * PostHog counts each of these requests as ten flag requests. Needs {@code project-api-key} and
     * {@code feature-flags-secure-key}, or instead of the latter {@code personal-api-key} with the scope
     * {@code feature_flag:read}.
     */
    @ConfigDocDefault("`true` with `feature-flags-secure-key`, otherwise `false`")
    Optional<Boolean> localEvaluation();

    /**
     * The maximum duration of an evaluation that waits for flag definitions or for PostHog, including retries and their
     * pauses.
     * <p>
     * After that, the request is aborted, and the flags that were not evaluated locally have their defaults, with the error
     * {@code timeout}. A caller that joins a running evaluation of the same flags waits no longer than this itself.
     */
    @WithDefault("3s")
    Duration timeout();

    /**
     * How often to repeat a request that PostHog was not reached with, or that a gateway refused (502 and 504); each
     * after twice the time, beginning with 300 milliseconds. Everything else is final.
     */
    @WithDefault("1")
    int maxRetries();

    /**
     * What PostHog evaluated before.
     */
    CacheConfig cache();

    /**
     * Telling PostHog who was exposed to which flag.
     */
    ExposureConfig exposure();

    /**
     * The definitions that flags are evaluated with in this process.
     */
    DefinitionsConfig definitions();

    /** What PostHog evaluated before. */
    @ConfigGroup
    interface CacheConfig {

        /**
         * How long an answer of PostHog is used again for the same person, groups, properties and flags. 0 is not at
         * all.
         */
        @WithDefault("0s")
        Duration ttl();

        /**
         * How many answers are kept at the most; the one not used for longest goes first.
         */
        @WithDefault("10000")
        int maxSize();
    }

    /** Telling PostHog who was exposed to which flag. */
    @ConfigGroup
    interface ExposureConfig {

        /**
         * Whether asking for the value of a flag captures {@code $feature_flag_called}.
         */
        @WithDefault("true")
        boolean enabled();

        /**
         * How many exposures are remembered, so as not to be told again; the one not asked for longest goes first.
         */
        @WithDefault("50000")
        int maxRemembered();
    }

    /** The definitions that flags are evaluated with in this process. */
    @ConfigGroup
    interface DefinitionsConfig {

        /**
         * How often to look for new definitions, a tenth more or less.
         * <p>
         * A key that PostHog refuses, or too many requests, double it each time, up to a minute. If PostHog says how
         * long to wait, it is waited for that long, up to an hour.
         */
        @WithDefault("30s")
        Duration pollInterval();

        /**
         * The maximum duration of a request for the definitions, up to the last byte of the response.
         */
        @WithDefault("10s")
        Duration timeout();

        /**
         * How long the start of the application, and evaluations right after it, wait for the first definitions. Then
         * PostHog is asked to evaluate, until there are definitions. 0 is not to wait.
         * An evaluation waits no longer than {@code flags.timeout}.
         * <p>
         * There is nothing to wait for with a copy in {@code definitions.directory}, or with what other instances
         * share.
         */
        @WithDefault("3s")
        Duration startupWait();

        /**
         * A directory for a copy of the definitions, which is used from the next start until PostHog sends them, so
         * that the application can start without PostHog. Accounts, and applications of the same user, may share it. It is
         * not used if other users can write to it.
         */
        @ConfigDocDefault("no copy")
        Optional<Path> directory();

        /**
         * How long to wait for a `FlagDefinitionProvider`, which shares the definitions between instances, each time
         * it is asked something.
         */
        @WithDefault("2s")
        Duration providerTimeout();

        /**
         * Sharing the definitions between instances by Redis.
         */
        RedisConfig redis();
    }

    /** Sharing the definitions between instances by Redis. */
    @ConfigGroup
    interface RedisConfig {

        /**
         * Whether the instances of the application share the definitions by Redis: one of them asks PostHog, the
         * others read what it stored. Needs the extension {@code quarkus-redis-client}, and takes the place of a
         * `FlagDefinitionProvider`.
         * <p>
         * When that instance ends, another takes its place at its next {@code definitions.poll-interval}; when it
         * just disappears, after twice the interval and {@code definitions.timeout}.
         */
        @WithDefault("false")
        boolean enabled();

        /**
         * The Redis client to use, by its name in {@code quarkus.redis."name".*}. Its {@code hosts} have to be in the
         * configuration when the application is built.
         */
        @ConfigDocDefault("the default Redis client")
        Optional<String> clientName();

        /**
         * What the keys in Redis begin with. The account and a hash of its project token follow.
         */
        @WithDefault("posthog:flags")
        String keyPrefix();
    }
}
