package io.quarkiverse.posthog.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class PostHogRuntimeConfigTest {

    @Test
    void unnamedKeysAreThoseOfTheDefaultAccount() {
        Map<String, AccountConfig> accounts = AccountConfigs.of(Map.of("quarkus.posthog.project-api-key", "phc_default"));

        assertThat(accounts).containsOnlyKeys("default");
        assertThat(ResolvedAccountConfig.of("default", accounts.get("default")).projectApiKey()).contains("phc_default");
    }

    @Test
    void accountMayHaveNothingButAKey() {
        Map<String, AccountConfig> accounts = AccountConfigs.of(Map.of(
                "quarkus.posthog.\"my.work\".personal-api-key", "phx_work",
                "quarkus.posthog.plain.project-api-key", "phc_plain"));

        assertThat(accounts).containsKeys("my.work", "plain");
        assertThat(ResolvedAccountConfig.of("my.work", accounts.get("my.work")).personalApiKey()).contains("phx_work");
        assertThat(ResolvedAccountConfig.of("plain", accounts.get("plain")).projectApiKey()).contains("phc_plain");
    }

    @Test
    void environmentVariablesConfigureAccounts() {
        Map<String, AccountConfig> accounts = AccountConfigs.ofEnvironment(Map.of(
                "QUARKUS_POSTHOG_PERSONAL_API_KEY", "phx_default",
                "QUARKUS_POSTHOG__WORK__PROJECT_API_KEY", "phc_work",
                "QUARKUS_POSTHOG__WORK__RETRY_MAX_RETRIES", "7"));

        assertThat(ResolvedAccountConfig.of("default", accounts.get("default")).personalApiKey()).contains("phx_default");
        assertThat(ResolvedAccountConfig.of("work", accounts.get("work")).projectApiKey()).contains("phc_work");
        assertThat(accounts.get("work").retry().maxRetries()).isEqualTo(7);
    }
}
