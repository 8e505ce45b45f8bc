package io.quarkiverse.posthog.runtime.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.Secret;
import io.smallrye.config.WithDefault;

/** One PostHog account. A blank value of any setting counts as unset. */
@ConfigGroup
public interface AccountConfig {

    /**
     * Whether the account may be used.
     * <p>
     * An inactive account opens no connection; where it is injected directly, the application does not start.
     */
    @WithDefault("true")
    boolean active();

    /**
     * The project token, which begins with {@code phc_}. Capturing events and evaluating feature flags need it.
     * <p>
     * A blank value counts as unset. A value in quotation marks is rejected.
     */
    // No Secret: it is public, and whatever captures in the browser may read it from the configuration
    Optional<String> projectApiKey();

    /**
     * A personal API key, which begins with {@code phx_}. Reading, queries and managing feature flags need it, with
     * the scopes of what is used: {@code query:read} for events and queries, {@code person:read},
     * {@code feature_flag:read}, {@code feature_flag:write}, {@code insight:read}, {@code dashboard:read},
     * {@code cohort:read}.
     */
    Optional<Secret<String>> personalApiKey();

    /**
     * The feature flags secure API key of the project, which begins with {@code phs_}. With it, feature flags are
     * evaluated in this process, and remote configuration is read. {@code personal-api-key} can stand in for it, with
     * the scope {@code feature_flag:read}; to evaluate flags with it, switch {@code flags.local-evaluation} on.
     */
    Optional<Secret<String>> featureFlagsSecureKey();

    /**
     * The base URL of PostHog: {@code https://us.posthog.com}, {@code https://eu.posthog.com}, or the URL of a self-hosted
     * PostHog, which may have a path. A blank value counts as unset.
     * <p>
     * In dev mode and in tests, a host disables the emulator unless {@code devservices.enabled} is set to true.
     */
    @WithDefault("https://us.posthog.com")
    String host();

    /**
     * The base URL for capturing events and evaluating feature flags. Needed only where it can't be derived from
     * {@code host}, such as for a reverse proxy.
     */
    @ConfigDocDefault("`https://us.i.posthog.com` or `https://eu.i.posthog.com` for PostHog Cloud, otherwise the host")
    Optional<String> ingestionHost();

    /**
     * The numeric id of the project, which stands in PostHog's project settings.
     * <p>
     * {@code @current} is whichever project the owner of the personal API key last selected in PostHog's user interface,
     * and so may change under a running application.
     */
    @WithDefault("@current")
    String projectId();

    /**
     * The TLS configuration to use, by its name in {@code quarkus.tls."name".*}.
     */
    Optional<String> tlsConfigurationName();

    /**
     * The proxy to use, by its name in {@code quarkus.proxy."name".*}; {@code none} for no proxy.
     */
    Optional<String> proxyConfigurationName();

    /**
     * How long to wait for a connection.
     */
    @WithDefault("5s")
    Duration connectTimeout();

    /**
     * How long to wait for an answer. What PostHog computes, such as queries and dashboards, is waited for at least one
     * minute.
     */
    @WithDefault("30s")
    Duration readTimeout();

    /**
     * The maximum duration of a HogQL query, from its first request to its complete result: responses, retries, and the
     * time that PostHog runs it in the background. Then the query is cancelled at PostHog.
     * <p>
     * Waiting for the first request to be allowed by {@code budget.*} does not count.
     */
    @WithDefault("10m")
    Duration queryTimeout();

    /**
     * Whether to log requests and answers, at level {@code INFO} of the category {@code io.quarkiverse.posthog.requests}.
     * Keys are masked.
     */
    @WithDefault("false")
    boolean logRequests();

    /**
     * Headers that every request has, such as those a proxy in front of PostHog asks for.
     */
    @ConfigDocMapKey("header-name")
    Map<String, String> headers();

    /**
     * The maximum size of responses.
     */
    ResponseSizeConfig maxResponseSize();

    /**
     * Repeating failed requests.
     */
    RetryConfig retry();

    /**
     * Staying under PostHog's rate limits.
     */
    BudgetConfig budget();

    /**
     * Capturing events.
     */
    CaptureConfig capture();

    /**
     * Evaluating feature flags.
     */
    FlagsConfig flags();

    /**
     * Capturing exceptions, for PostHog's error tracking.
     */
    ExceptionsConfig exceptions();

    /**
     * Checking whether the account works.
     */
    CheckConfig check();

    /**
     * The maximum size of responses. The size is checked while a response is received; if it is exceeded, the request fails.
     */
    @ConfigGroup
    interface ResponseSizeConfig {

        /**
         * The maximum size of a response of the private API, such as a page of a list.
         */
        @ConfigDocDefault("the smaller of `64M` and 1/16 of the maximum heap size")
        Optional<MemorySize> api();

        /**
         * The maximum size of the result of a query or an insight.
         */
        @ConfigDocDefault("the smaller of `64M` and 1/16 of the maximum heap size")
        Optional<MemorySize> queries();

        /**
         * The maximum size of flag definitions, whether they come from PostHog or from a shared store.
         */
        @ConfigDocDefault("the smaller of `64M` and 1/16 of the maximum heap size")
        Optional<MemorySize> definitions();

        /**
         * The maximum size of the result of a remote flag evaluation.
         */
        @WithDefault("10M")
        MemorySize flags();

        /**
         * The maximum size of the response to captured events.
         */
        @WithDefault("1M")
        MemorySize capture();

        /**
         * The maximum size of an error response. The rest of a larger one is ignored.
         */
        @WithDefault("64K")
        MemorySize errors();

        /** The limit of responses without a configured size, in bytes. */
        static long defaultSize() {
            return Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);
        }
    }

    /** Repeating failed requests. */
    @ConfigGroup
    interface RetryConfig {

        /**
         * How often to repeat a request. Reads are repeated after transport failures and the statuses 429, 500, 502, 503
         * and 504; writes after 429 and 503 only, unless a repeat is safe.
         */
        @WithDefault("3")
        int maxRetries();

        /**
         * How long to wait before the first repeat; each further wait is twice as long, and half of each is random.
         */
        @WithDefault("500ms")
        Duration initialDelay();

        /**
         * How long to wait at the most, unless PostHog asks for more.
         */
        @WithDefault("5s")
        Duration maxDelay();

        /**
         * How long PostHog may ask to wait ({@code Retry-After}). When it asks for more, the request fails at once.
         */
        @WithDefault("60s")
        Duration maxRetryAfter();
    }

    /**
     * Staying under PostHog's rate limits: a request that would go over a limit waits until it is allowed.
     * <p>
     * The limits are those of PostHog Cloud for one key. Lower them when the same key is used elsewhere. 0 is no limit.
     */
    @ConfigGroup
    interface BudgetConfig {

        /**
         * Whether to limit requests.
         */
        @ConfigDocDefault("`true` for PostHog Cloud, otherwise `false`")
        Optional<Boolean> enabled();

        /**
         * Requests per minute for feature flags, dashboards and cohorts.
         */
        @WithDefault("480")
        int managementPerMinute();

        /**
         * Requests per hour for feature flags, dashboards and cohorts.
         */
        @WithDefault("4800")
        int managementPerHour();

        /**
         * Requests per minute for events and insights.
         */
        @WithDefault("240")
        int analyticsPerMinute();

        /**
         * Requests per hour for events and insights.
         */
        @WithDefault("1200")
        int analyticsPerHour();

        /**
         * Requests per minute for persons.
         */
        @WithDefault("240")
        int personsPerMinute();

        /**
         * Queries per minute.
         */
        @WithDefault("240")
        int queriesPerMinute();

        /**
         * Queries per hour.
         */
        @WithDefault("2400")
        int queriesPerHour();

        /**
         * Queries at a time. PostHog Cloud runs three of a project at a time.
         */
        @WithDefault("3")
        int concurrentQueries();
    }
}
