package io.quarkiverse.posthog.redis;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.mutiny.redis.client.Redis;

/** Verifies that an application with the Redis extension does not need a Redis server if it does not share flag definitions. */
class RedisIsNotUsedTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withEmptyApplication()
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .overrideConfigKey("quarkus.posthog.host", "http://localhost:1")
            .overrideConfigKey("quarkus.posthog.project-api-key", "phc_without");

    @Inject
    PostHog postHog;

    @Inject
    @Any
    InjectableInstance<Redis> clients;

    @Test
    @Tag("RDS-7")
    void applicationStartsWithoutRedisServer() {
        assertThat(postHog.flagDefinitionsStatus().enabled()).isFalse();
        assertThat(clients.listActive()).isEmpty();
    }
}
