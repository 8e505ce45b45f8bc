package io.quarkiverse.posthog.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountConfigurationTest {

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.posthog.work.project-api-key", "quarkus.posthog.\"work\".project-api-key",
            "quarkus.posthog.\"work\".project.api.key" })
    void findsTheNameOfAnAccount(String key) {
        assertThat(AccountConfiguration.name(key)).isEqualTo("work");
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.posthog.project.api.key", "quarkus.posthog.personal.api.key",
            "quarkus.posthog.ingestion.host", "quarkus.posthog.log.requests", "quarkus.posthog.project.id" })
    void environmentVariablesOfTheDefaultAccountNameNoAccount(String key) {
        assertThat(AccountConfiguration.name(key)).isNull();
    }

    @Test
    void keysOfTheDefaultAccountNameNoAccount() {
        assertThat(AccountConfiguration.name("quarkus.posthog.project-api-key")).isNull();
    }
}
