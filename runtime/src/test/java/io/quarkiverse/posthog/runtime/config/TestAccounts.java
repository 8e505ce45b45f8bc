package io.quarkiverse.posthog.runtime.config;

import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.posthog.runtime.metrics.AccountMetrics;
import io.quarkiverse.posthog.runtime.rest.ApiCalls;
import io.quarkiverse.posthog.runtime.rest.Delays;
import io.quarkiverse.posthog.runtime.rest.FlagsApi;
import io.quarkiverse.posthog.runtime.rest.IngestionApi;
import io.quarkiverse.posthog.runtime.rest.KeyApi;
import io.quarkiverse.posthog.runtime.rest.PostHogApi;
import io.quarkiverse.posthog.runtime.rest.RestClients;
import io.quarkiverse.posthog.runtime.rest.WireMapper;
import io.vertx.core.Vertx;

/** Accounts of the default configuration, without an application around them. */
public final class TestAccounts {

    private TestAccounts() {
    }

    /** @param properties names below {@code quarkus.posthog.}, each followed by its value */
    public static Account account(String... properties) {
        return AccountConfigs.account(properties);
    }

    /** The calls of an account without a key, none of which reaches the network. */
    public static ApiCalls calls() {
        return new ApiCalls(account(), RestClients.none(), mapper(), new Delays(Vertx::vertx), AccountMetrics.NONE);
    }

    /** The calls of an account with a project token, whose ingestion is that of the test. */
    public static ApiCalls calls(IngestionApi ingestion, Account account) {
        return new ApiCalls(account, new RestClients(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.of(ingestion), Optional.empty(), Optional.empty()), mapper(),
                new Delays(Vertx::vertx), AccountMetrics.NONE);
    }

    /** The calls of an account with a project token, whose flags are those of the test. */
    public static ApiCalls calls(FlagsApi flags, Account account) {
        return new ApiCalls(account, new RestClients(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.of(flags), Optional.of(flags)), mapper(), new Delays(Vertx::vertx),
                AccountMetrics.NONE);
    }

    /** The calls of an account with each key it has, whose PostHog is that of the test. */
    public static ApiCalls calls(FlagsApi flags, KeyApi key, PostHogApi secure, Account account) {
        return new ApiCalls(account, new RestClients(Optional.empty(), Optional.empty(), Optional.of(secure),
                Optional.of(key), Optional.empty(), Optional.of(flags), Optional.of(flags)), mapper(),
                new Delays(Vertx::vertx), AccountMetrics.NONE);
    }

    /** The mapper of the protocol, as an application has it that did not change anything. */
    public static ObjectMapper mapper() {
        return WireMapper.of(JsonMapper.builder().findAndAddModules().build());
    }
}
