package io.quarkiverse.posthog.test.flags;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.PostHog;
import io.quarkiverse.posthog.test.PostHogStub;
import io.quarkus.test.QuarkusUnitTest;

/** An application that is to share definitions by Redis does not start without the Redis extension. */
class RedisWithoutItsExtensionTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = PostHogStub.application()
            .overrideConfigKey("quarkus.posthog.feature-flags-secure-api-key", "phs_stubSecureKey")
            .overrideConfigKey("quarkus.posthog.flags.definitions.redis.enabled", "true")
            .assertException(failure -> assertThat(failure).hasMessage(
                    "quarkus.posthog.flags.definitions.redis.enabled is true, but the application has no Redis "
                            + "client; add the extension quarkus-redis-client"));

    @Inject
    PostHog posthog;

    @Test
    void doesNotStart() {
        Assertions.fail("started without the extension");
    }
}
