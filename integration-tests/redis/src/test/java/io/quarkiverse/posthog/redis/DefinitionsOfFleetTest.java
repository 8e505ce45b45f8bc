package io.quarkiverse.posthog.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.AccountSettings;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkiverse.posthog.flags.FlagDefinitionCacheData;
import io.quarkiverse.posthog.flags.FlagDefinitionCacheProvider;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;

/**
 * Counts the requests for flag definitions of many instances, with and without sharing through Redis. Each instance is an
 * account with the same project token and the default interval. Run it with {@code -Dfleet.instances=1000}.
 */
@EnabledIfSystemProperty(named = DefinitionsOfFleetTest.INSTANCES, matches = "\\d+")
class DefinitionsOfFleetTest {

    static final String INSTANCES = "fleet.instances";
    private static final String ALONE = "phc_alone";
    private static final String SHARED = "phc_shared";
    private static final Duration STARTED = Duration.ofSeconds(40);
    private static final Duration MEASURED = Duration.ofMinutes(1);

    @RegisterExtension
    @Order(1)
    static final RedisServer REDIS = new RedisServer();

    @RegisterExtension
    @Order(2)
    static final DefinitionsServer POSTHOG = new DefinitionsServer();

    @RegisterExtension
    @Order(3)
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(RedisServer.class, DefinitionsServer.class, Instances.class))
            .setBeforeAllCustomizer(() -> {
                POSTHOG.define(ALONE, "beta-ui");
                POSTHOG.define(SHARED, "beta-ui");
            })
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.redis.\"flags\".hosts", "${" + RedisServer.URL + "}")
            .overrideConfigKey("quarkus.redis.\"flags\".max-pool-size", "100")
            .overrideConfigKey("quarkus.redis.\"flags\".max-pool-waiting", "-1")
            .overrideConfigKey("quarkus.posthog.host", "${" + DefinitionsServer.URL + "}");

    @Inject
    PostHogAccounts accounts;

    @ConfigProperty(name = DefinitionsServer.URL)
    String postHog;

    @Test
    void requestsPerMinute() throws Exception {
        int instances = Integer.getInteger(INSTANCES);
        long alone = perMinute(ALONE, instances);
        long shared = perMinute(SHARED, instances);

        System.out.printf("%,d instances: %,d requests for flag definitions per minute, %,d with Redis%n", instances, alone,
                shared);
        assertThat(shared).isLessThan(alone);
    }

    private long perMinute(String token, int instances) throws Exception {
        for (int i = 0; i < instances; i++) {
            accounts.open(token + i, AccountSettings.create().projectApiKey(token).host(URI.create(postHog))
                    .featureFlagsSecureApiKey("phs_fleet").set("flags.local-evaluation", "true"));
        }
        Thread.sleep(STARTED.toMillis());
        int before = requests(token);
        Thread.sleep(MEASURED.toMillis());
        long requests = (requests(token) - before) / MEASURED.toMinutes();
        for (int i = 0; i < instances; i++) {
            accounts.close(token + i);
        }
        return requests;
    }

    private int requests(String token) throws IOException, InterruptedException {
        return Integer.parseInt(HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(postHog + DefinitionsServer.COUNT + "?token=" + token)).build(),
                HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Gives each account the provider of an instance of the same application: the keys in Redis do not contain its name. */
    @Singleton
    public static class Instances implements FlagDefinitionCacheProvider {

        private static final String PROVIDER = "io.quarkiverse.posthog.runtime.redis.RedisFlagDefinitionProvider";
        private static final String KEYS = "io.quarkiverse.posthog.runtime.redis.RedisKeys";
        private static final long LEASE_MILLIS = 70_000;

        @Inject
        @RedisClientName("flags")
        Redis redis;

        private final Map<String, FlagDefinitionCacheProvider> providers = new ConcurrentHashMap<>();

        private FlagDefinitionCacheProvider provider(String account) {
            return providers.computeIfAbsent(account, name -> {
                try {
                    Constructor<?> keys = Class.forName(KEYS).getDeclaredConstructors()[0];
                    keys.setAccessible(true);
                    Constructor<?> provider = Class.forName(PROVIDER).getDeclaredConstructors()[0];
                    provider.setAccessible(true);
                    return (FlagDefinitionCacheProvider) provider.newInstance(redis, keys.newInstance("lease", "definitions"),
                            Duration.ofMillis(LEASE_MILLIS), 1_000_000L);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        private static boolean isShared(String account) {
            return account.startsWith(SHARED);
        }

        @Override
        public Uni<Boolean> shouldFetchFlagDefinitions(String account) {
            return isShared(account) ? provider(account).shouldFetchFlagDefinitions(account) : Uni.createFrom().item(true);
        }

        @Override
        public Uni<FlagDefinitionCacheData> getFlagDefinitions(String account) {
            return isShared(account) ? provider(account).getFlagDefinitions(account) : Uni.createFrom().nullItem();
        }

        @Override
        public Uni<Void> onFlagDefinitionsReceived(String account, FlagDefinitionCacheData data) {
            return isShared(account) ? provider(account).onFlagDefinitionsReceived(account, data)
                    : Uni.createFrom().voidItem();
        }
    }
}
