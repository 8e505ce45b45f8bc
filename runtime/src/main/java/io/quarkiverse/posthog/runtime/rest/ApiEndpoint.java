package io.quarkiverse.posthog.runtime.rest;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.posthog.runtime.config.AccountConfig.ResponseSizeConfig;
import io.quarkiverse.posthog.runtime.config.AccountNames;
import io.quarkiverse.posthog.runtime.config.ResolvedAccountConfig;
import io.quarkiverse.posthog.runtime.rest.api.FlagDefinitionsApi;
import io.quarkiverse.posthog.runtime.rest.api.FlagsApi;
import io.quarkiverse.posthog.runtime.rest.api.IngestionApi;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.quarkus.runtime.configuration.MemorySize;

/**
 * A part of PostHog that is called with the same host, key, timeout and response limit. Each endpoint of an account has its own
 * REST client and connections.
 *
 * @param api the REST client interface
 * @param host the host that serves it
 * @param key the key that it requires
 * @param timeout the configured limit of one attempt, from waiting for a connection to the last byte of the response
 * @param maxResponseSize the limit of the body of a successful response
 */
public record ApiEndpoint<C>(Class<C> api, Host host, Key key, Setting<Duration> timeout, Setting<Long> maxResponseSize) {

    /** The private API. */
    public static final ApiEndpoint<PostHogApi> API = new ApiEndpoint<>(PostHogApi.class, Host.API, Key.PERSONAL, readTimeout(),
            size("api", ResponseSizeConfig::api));

    /** The part of the private API whose responses PostHog computes, which can take as long as a query. */
    public static final ApiEndpoint<PostHogApi> QUERIES = new ApiEndpoint<>(PostHogApi.class, Host.API, Key.PERSONAL,
            new Setting<>("read-timeout", ResolvedAccountConfig::queryTimeout), size("queries", ResponseSizeConfig::queries));

    /** The part of the private API that accepts the feature flags secure API key. */
    public static final ApiEndpoint<PostHogApi> SECURE_API = new ApiEndpoint<>(PostHogApi.class, Host.API, Key.SECURE,
            readTimeout(),
            size("api", ResponseSizeConfig::api));

    /** The personal API key itself, and the projects that it gives access to. */
    public static final ApiEndpoint<KeyAndProjectApi> KEY = new ApiEndpoint<>(KeyAndProjectApi.class, Host.API, Key.PERSONAL,
            readTimeout(),
            size("api", ResponseSizeConfig::api));

    /** Ingestion of events. */
    public static final ApiEndpoint<IngestionApi> CAPTURE = new ApiEndpoint<>(IngestionApi.class, Host.INGESTION, Key.PROJECT,
            new Setting<>("capture.request-timeout", account -> account.config().capture().requestTimeout()),
            new Setting<>("max-response-size.capture",
                    account -> account.config().maxResponseSize().capture().asLongValue()));

    /** Feature flag evaluation. */
    public static final ApiEndpoint<FlagsApi> FLAGS = new ApiEndpoint<>(FlagsApi.class, Host.INGESTION, Key.PROJECT,
            new Setting<>("flags.timeout", account -> account.config().flags().timeout()),
            new Setting<>("max-response-size.flags", account -> account.config().maxResponseSize().flags().asLongValue()));

    /** Flag definitions, for local evaluation. */
    public static final ApiEndpoint<FlagDefinitionsApi> FLAG_DEFINITIONS = new ApiEndpoint<>(FlagDefinitionsApi.class,
            Host.INGESTION, Key.SECURE,
            new Setting<>("flags.definitions.timeout", account -> account.config().flags().definitions().timeout()),
            size("definitions", ResponseSizeConfig::definitions));

    static final List<ApiEndpoint<?>> ALL = List.of(API, QUERIES, SECURE_API, KEY, CAPTURE, FLAGS, FLAG_DEFINITIONS);

    /** The maximum size of an error response. The rest of a larger response is not read. */
    static final Setting<Long> MAX_ERROR_SIZE = new Setting<>("max-response-size.errors",
            account -> account.config().maxResponseSize().errors().asLongValue());

    /**
     * The time by which a request for flags outlives the evaluation that sent it. Without it, both would time out at once, and
     * the failure of the request could reach an evaluation that no longer accepts it.
     */
    private static final Duration FLAGS_MARGIN = Duration.ofMillis(250);

    private static Setting<Duration> readTimeout() {
        return new Setting<>("read-timeout", ResolvedAccountConfig::readTimeout);
    }

    private static Setting<Long> size(String property, Function<ResponseSizeConfig, Optional<MemorySize>> size) {
        return new Setting<>("max-response-size." + property,
                account -> size.apply(account.config().maxResponseSize()).map(MemorySize::asLongValue)
                        .orElseGet(ResponseSizeConfig::defaultSize));
    }

    /** Returns the maximum size of a successful response for an account, in bytes. */
    public long maxResponseSize(ResolvedAccountConfig account) {
        return maxResponseSize.of(account);
    }

    /** Returns the limit of one attempt for an account. */
    Duration attemptTimeout(ResolvedAccountConfig account) {
        Duration configured = timeout.of(account);
        return this == FLAGS ? configured.plus(FLAGS_MARGIN) : configured;
    }

    /** Returns the base URL of the endpoint for an account. */
    URI base(ResolvedAccountConfig account) {
        return host == Host.API ? account.api() : account.ingestion();
    }

    /** Returns the configuration key of the base URL. */
    String hostKey(ResolvedAccountConfig account) {
        return AccountNames.key(account.name(), host == Host.API ? "host" : "ingestion-host");
    }

    /**
     * A value of an account, and the configuration property that sets it.
     *
     * @param property the name below the account
     */
    record Setting<T>(String property, Function<ResolvedAccountConfig, T> value) {

        T of(ResolvedAccountConfig account) {
            return value.apply(account);
        }

        String key(ResolvedAccountConfig account) {
            return AccountNames.key(account.name(), property);
        }
    }

    /** The hosts of PostHog. */
    enum Host {
        API,
        INGESTION
    }

    /** The keys of an account. */
    enum Key {
        /** The personal API key, sent as a bearer token. */
        PERSONAL("personal-api-key", ResolvedAccountConfig::personalApiKey),
        /** The feature flags secure API key, sent as a bearer token. */
        SECURE("feature-flags-secure-api-key", ResolvedAccountConfig::secureKey),
        /** The project token, which is part of the request itself. */
        PROJECT("project-api-key", ResolvedAccountConfig::projectApiKey);

        private final String property;
        private final Function<ResolvedAccountConfig, Optional<String>> value;

        Key(String property, Function<ResolvedAccountConfig, Optional<String>> value) {
            this.property = property;
            this.value = value;
        }

        String property() {
            return property;
        }

        Optional<String> of(ResolvedAccountConfig account) {
            return value.apply(account);
        }

        boolean isBearer() {
            return this != PROJECT;
        }
    }
}
