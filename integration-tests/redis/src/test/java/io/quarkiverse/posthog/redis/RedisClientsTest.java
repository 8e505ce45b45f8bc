package io.quarkiverse.posthog.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisAPI;

/** Verifies sharing with a named Redis client that is only used for flag definitions. */
class RedisClientsTest {

    @RegisterExtension
    @Order(1)
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    @Order(2)
    static final DefinitionsServer POSTHOG = new DefinitionsServer();

    @RegisterExtension
    @Order(3)
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(RedisServer.class, DefinitionsServer.class))
            .setBeforeAllCustomizer(() -> POSTHOG.define("phc_named", "beta-ui"))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.redis.\"flags\".hosts", "${" + RedisServer.URL + "}")
            .overrideConfigKey("quarkus.posthog.host", "${" + DefinitionsServer.URL + "}")
            .overrideConfigKey("quarkus.posthog.project-api-key", "phc_named")
            .overrideConfigKey("quarkus.posthog.feature-flags-secure-api-key", "phs_named")
            .overrideConfigKey("quarkus.posthog.flags.definitions.redis.enabled", "true")
            .overrideConfigKey("quarkus.posthog.flags.definitions.redis.client-name", "flags")
            .overrideConfigKey("quarkus.posthog.flags.definitions.redis.key-prefix", "shop");

    @Inject
    PostHog postHog;

    @Inject
    PostHogAccounts accounts;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = RedisServer.URL)
    String redis;

    @Test
    @Tag("RDS-7")
    void namedClientStoresDefinitionsWithConfiguredPrefix() {
        postHog.reloadFlagDefinitions().await().atMost(Duration.ofSeconds(20));

        List<String> keys = new ArrayList<>();
        RedisAPI.api(Redis.createClient(vertx, redis)).keysAndAwait("*").forEach(key -> keys.add(key.toString()));

        assertThat(keys).hasSize(2).allMatch(key -> key.matches("shop:\\{default:[0-9a-f]{16}}:(definitions|lease)"));
    }

    @Test
    @Tag("RDS-7")
    void missingClientIsRejected() {
        assertThatThrownBy(() -> accounts.open("unknown", settings("missing")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quarkus.posthog.\"unknown\".flags.definitions.redis.client-name is 'missing'")
                .hasMessageContaining("set quarkus.redis.\"missing\".hosts in application.properties");
    }

    @Test
    @Tag("RDS-7")
    void unconfiguredClientIsRejected() {
        assertThatThrownBy(() -> accounts.open("inactive", settings(null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quarkus.posthog.\"inactive\".flags.definitions.redis.enabled is true, "
                        + "but its Redis client can't be used")
                .hasMessageContaining("quarkus.redis.hosts");
    }

    private static AccountSettings settings(String client) {
        AccountSettings settings = AccountSettings.create().projectApiKey("phc_opened")
                .set("feature-flags-secure-api-key", "phs_opened").set("flags.definitions.redis.enabled", "true");
        return client == null ? settings : settings.set("flags.definitions.redis.client-name", client);
    }
}
