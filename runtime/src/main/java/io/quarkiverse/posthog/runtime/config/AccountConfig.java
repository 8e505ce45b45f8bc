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

/** A PostHog account. A blank value of any setting is treated as unset. */
@ConfigGroup
public interface AccountConfig {

    /**
     * Whether to activate the account.
     * <p>
     * An inactive account opens no connections. If it is injected directly, the application does not start.
     */
    @WithDefault("true")
    boolean active();

    /**
     * The project token, which starts with {@code phc_}. It is required to capture events and to evaluate feature
     * flags.
     * <p>
     * A blank value is treated as unset. A value in quotation marks is rejected.
     */
    // Not a Secret: it is public, and applications can read it from the configuration to capture in the browser
    Optional<String> projectApiKey();

    /**
     * A personal API key, which starts with {@code phx_}. It is required to read data, to run queries and to manage
     * feature flags, with the scopes of the functions that you use: {@code query:read} for events and queries, {@code
     * person:read}, {@code feature_flag:read}, {@code feature_flag:write}, {@code insight:read}, {@code
     * dashboard:read}, {@code cohort:read}.
     */
    Optional<Secret<String>> personalApiKey();

    /**
     * The feature flags secure API key of the project, which starts with {@code phs_}. It is used to evaluate feature
     * flags locally, and to read remote configuration. If it is not set, the {@code personal-api-key} with the scope
     * {@code feature_flag:read} is used instead; to evaluate flags locally in this case, set {@code
     * flags.local-evaluation} to true.
     */
    Optional<Secret<String>> featureFlagsSecureApiKey();

    /**
     * The base URL of PostHog: {@code https://us.posthog.com}, {@code https://eu.posthog.com}, or the URL of a
     * self-hosted instance, which may include a path. A blank value is treated as unset.
     * <p>
     * In dev mode and in tests, a host disables the emulator unless {@code devservices.enabled} is set to true.
     */
    @WithDefault("https://us.posthog.com")
    String host();

    /**
     * The base URL for capturing events and evaluating feature flags. Set it only if it cannot be derived from {@code
     * host}, for example because of a reverse proxy.
     */
    @ConfigDocDefault("`https://us.i.posthog.com` or `https://eu.i.posthog.com` for PostHog Cloud, otherwise the host")
    Optional<String> ingestionHost();

    /**
     * The numeric project ID, as shown in the PostHog project settings.
     * <p>
     * {@code @current} is the project that the owner of the personal API key last selected in the PostHog UI. It can
     * change while the application is running.
     */
    @WithDefault("@current")
    String projectId();

    /**
     * The name of the TLS configuration to use ({@code quarkus.tls."name".*}).
     */
    Optional<String> tlsConfigurationName();

    /**
     * The name of the proxy configuration to use ({@code quarkus.proxy."name".*}). {@code none} disables the proxy,
     * even if a global one is configured.
     */
    Optional<String> proxyConfigurationName();

    /**
     * The timeout for establishing a connection.
     */
    @WithDefault("5s")
    Duration connectTimeout();

    /**
     * The timeout of a request to the private API, up to the last byte of the response. For queries, insights and
     * dashboards, which PostHog may have to compute, the timeout is at least one minute.
     */
    @WithDefault("30s")
    Duration readTimeout();

    /**
     * The maximum duration of a HogQL query, from its first request to its complete result: responses, retries, and the
     * time that PostHog runs it in the background. After that, the query is canceled in PostHog.
     * <p>
     * The time that the first request waits for {@code rate-limit.*} is not included.
     */
    @WithDefault("10m")
    Duration queryTimeout();

    /**
     * Whether to log requests and responses, at level {@code INFO} of the category {@code
     * io.quarkiverse.posthog.requests}. Keys are masked.
     */
    @WithDefault("false")
    boolean logRequests();

    /**
     * Additional headers of all requests, for example for a proxy in front of PostHog.
     */
    @ConfigDocMapKey("header-name")
    Map<String, String> headers();

    /**
     * The maximum size of responses.
     */
    ResponseSizeConfig maxResponseSize();

    /**
     * Retries of failed requests.
     */
    RetryConfig retry();

    /**
     * Client-side rate limits.
     */
    RateLimitConfig rateLimit();

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
     * Checks whether the account works.
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
         * The maximum size of flag definitions, from PostHog or from a shared store.
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
         * The maximum size of an error response. The rest of a larger response is ignored.
         */
        @WithDefault("64K")
        MemorySize errors();

        /** Returns the maximum size of responses without a configured size, in bytes. */
        static long defaultSize() {
            return Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);
        }
    }

    /** Retries of failed requests. */
    @ConfigGroup
    interface RetryConfig {

        /**
         * The maximum number of retries of a request. Reads are retried after connection failures and the statuses 429,
         * 500, 502, 503 and 504. Writes are retried after 429 and 503 only, unless a retry is safe.
         */
        @WithDefault("3")
        int maxRetries();

        /**
         * The delay before the first retry. Each further delay is twice as long, and half of each delay is random.
         */
        @WithDefault("500ms")
        Duration initialDelay();

        /**
         * The maximum delay between retries, unless PostHog requests a longer delay.
         */
        @WithDefault("5s")
        Duration maxDelay();

        /**
         * The maximum delay that PostHog can request ({@code Retry-After}). If it requests a longer delay, the request
         * fails immediately.
         */
        @WithDefault("60s")
        Duration maxRetryAfter();
    }

    /**
     * Client-side rate limits: a request that would exceed a limit waits until it is allowed.
     * <p>
     * The defaults are the limits of PostHog Cloud for one key. Lower them if another application uses the same key. 0
     * disables a limit.
     */
    @ConfigGroup
    interface RateLimitConfig {

        /**
         * Whether to limit the rate of requests.
         */
        @ConfigDocDefault("`true` for PostHog Cloud, otherwise `false`")
        Optional<Boolean> enabled();

        /**
         * The maximum number of requests per minute to create, read, update and delete objects: feature flags,
         * dashboards and cohorts.
         */
        @WithDefault("480")
        int crudPerMinute();

        /**
         * The maximum number of requests per hour to create, read, update and delete objects: feature flags,
         * dashboards and cohorts.
         */
        @WithDefault("4800")
        int crudPerHour();

        /**
         * The maximum number of requests per minute for events and insights.
         */
        @WithDefault("240")
        int analyticsPerMinute();

        /**
         * The maximum number of requests per hour for events and insights.
         */
        @WithDefault("1200")
        int analyticsPerHour();

        /**
         * The maximum number of requests per minute for persons.
         */
        @WithDefault("240")
        int personsPerMinute();

        /**
         * The maximum number of queries per minute.
         */
        @WithDefault("240")
        int queriesPerMinute();

        /**
         * The maximum number of queries per hour.
         */
        @WithDefault("2400")
        int queriesPerHour();

        /**
         * The maximum number of concurrent queries. PostHog Cloud runs three queries of a project at a time.
         */
        @WithDefault("3")
        int concurrentQueries();
    }
}
