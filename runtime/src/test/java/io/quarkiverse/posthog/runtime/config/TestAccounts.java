package io.quarkiverse.posthog.runtime.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.posthog.runtime.background.TimeSource;
import io.quarkiverse.posthog.runtime.background.VertxAccountExecutor;
import io.quarkiverse.posthog.runtime.metrics.AccountMetrics;
import io.quarkiverse.posthog.runtime.rest.ApiEndpoint;
import io.quarkiverse.posthog.runtime.rest.ApiExecutor;
import io.quarkiverse.posthog.runtime.rest.PostHogObjectMapper;
import io.quarkiverse.posthog.runtime.rest.RestClients;
import io.quarkiverse.posthog.runtime.rest.api.FlagDefinitionsApi;
import io.quarkiverse.posthog.runtime.rest.api.FlagsApi;
import io.quarkiverse.posthog.runtime.rest.api.IngestionApi;
import io.quarkiverse.posthog.runtime.rest.api.KeyAndProjectApi;
import io.quarkiverse.posthog.runtime.rest.api.PostHogApi;
import io.vertx.core.Vertx;

/** Accounts of the default configuration, without an application around them. */
public final class TestAccounts {

    private static final Vertx VERTX = Vertx.vertx();

    private TestAccounts() {
    }

    /** @param properties names below {@code quarkus.posthog.}, each followed by its value */
    public static ResolvedAccountConfig account(String... properties) {
        return AccountConfigs.account(properties);
    }

    /** The calls of an account without a key, none of which reaches the network. */
    public static ApiExecutor calls() {
        return calls(RestClients.none(), account());
    }

    /** The calls of an account with a project token, whose ingestion is that of the test. */
    public static ApiExecutor calls(IngestionApi ingestion, ResolvedAccountConfig account) {
        return calls(RestClients.none().with(ApiEndpoint.CAPTURE, ingestion), account);
    }

    /** The calls of an account with a project token, whose flags are those of the test. */
    public static ApiExecutor calls(FlagsApi flags, ResolvedAccountConfig account) {
        return calls(RestClients.none().with(ApiEndpoint.FLAGS, flags), account);
    }

    /** The calls of an account with a secure key, whose flag definitions are those of the test. */
    public static ApiExecutor calls(FlagDefinitionsApi definitions, ResolvedAccountConfig account) {
        return calls(RestClients.none().with(ApiEndpoint.FLAG_DEFINITIONS, definitions), account);
    }

    /** The calls of an account with each key it has, whose PostHog is that of the test. */
    public static ApiExecutor calls(FlagsApi flags, KeyAndProjectApi key, PostHogApi secure, ResolvedAccountConfig account) {
        return calls(
                RestClients.none().with(ApiEndpoint.FLAGS, flags).with(ApiEndpoint.KEY, key).with(ApiEndpoint.SECURE_API,
                        secure),
                account);
    }

    private static ApiExecutor calls(RestClients clients, ResolvedAccountConfig account) {
        return new ApiExecutor(account, () -> clients, TestAccounts::mapper,
                new VertxAccountExecutor(() -> VERTX, TimeSource.REAL),
                AccountMetrics.NONE);
    }

    /** The mapper of the protocol, as an application has it that did not change anything. */
    public static ObjectMapper mapper() {
        return PostHogObjectMapper.forValues(JsonMapper.builder().findAndAddModules().build());
    }
}
