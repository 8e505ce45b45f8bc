package io.quarkiverse.posthog.test.lua;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** An invalid limit prevents the start, with its name. */
class InvalidLimitTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = LuaApplication.enabled()
            .overrideRuntimeConfigKey("quarkus.posthog.lua.limits.total-memory", "16M")
            .assertException(failure -> assertThat(failure).hasStackTraceContaining(
                    "quarkus.posthog.lua.limits.total-memory must be at least quarkus.posthog.lua.limits.memory"));

    @Test
    void doesNotStart() {
        Assertions.fail("started");
    }
}
