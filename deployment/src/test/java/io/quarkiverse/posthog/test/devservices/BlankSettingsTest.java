package io.quarkiverse.posthog.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.posthog.CaptureEvent;
import io.quarkiverse.posthog.PostHogAccounts;
import io.quarkus.test.QuarkusUnitTest;

/** Blank keys and hosts leave the account to the emulator. */
class BlankSettingsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.posthog.project-api-key", "${POSTHOG_TEST_KEY:}")
            .overrideConfigKey("quarkus.posthog.host", "${POSTHOG_TEST_HOST:}")
            .overrideConfigKey("quarkus.posthog.read-timeout", "${POSTHOG_TEST_TIMEOUT:}")
            .overrideConfigKey("quarkus.posthog.my-shop.project-api-key", "phc_real")
            .overrideConfigKey("%test.quarkus.posthog.\"my-shop\".project-api-key", "")
            .overrideConfigKey("%test.quarkus.posthog.my-shop.host", "");

    @Inject
    PostHogAccounts accounts;

    @Test
    @Tag("CFG-1")
    void accountsUseTheirEmulators() {
        assertThat(accounts.names()).containsExactly("default", "my-shop");
        for (String name : accounts.names()) {
            assertThat(accounts.get(name).toString()).contains("http://localhost:");
            assertThat(accounts.get(name).captureImmediate(CaptureEvent.of("purchase", "ada")).await()
                    .atMost(Duration.ofSeconds(10))).isNotNull();
        }
    }
}
