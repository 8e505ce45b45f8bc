package io.quarkiverse.posthog.runtime.config;

import static io.quarkiverse.posthog.runtime.config.AccountConfigs.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.posthog.AccountSettings;

class ResolvedAccountConfigTest {

    @Test
    void personalKeyInPlaceOfTheProjectTokenIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> account("project-api-key", "phx_secret"))
                .withMessageContainingAll("quarkus.posthog.project-api-key", "phc_")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
    }

    @Test
    void projectTokenInPlaceOfThePersonalKeyIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> account("personal-api-key", "phc_token"))
                .withMessageContainingAll("quarkus.posthog.personal-api-key", "phx_")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("phc_token"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "project-api-key", "personal-api-key", "feature-flags-secure-api-key" })
    @Tag("CFG-6")
    void keyInQuotationMarksIsRejected(String property) {
        for (String key : List.of("\"phx_secret\"", "'phx_secret'", "\"phx_secret", "\u201cphx_secret\u201d", "\"\"")) {
            assertThatIllegalArgumentException().isThrownBy(() -> account(property, key))
                    .withMessageContainingAll("quarkus.posthog." + property, "quotation marks", "docker run --env-file")
                    .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "my-project", "-1", "1.5", "@project", "12/../13" })
    void projectIdIsANumber(String projectId) {
        assertThatIllegalArgumentException().isThrownBy(() -> account("project-id", projectId))
                .withMessageContainingAll("quarkus.posthog.project-id must be a number or @current",
                        "but is '" + projectId + "'");
    }

    @Test
    void keyInPlaceOfTheProjectIdIsNotRepeated() {
        assertThatIllegalArgumentException().isThrownBy(() -> account("project-id", "phx_secret"))
                .withMessageContaining("quarkus.posthog.project-id")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
    }

    @Test
    @Tag("CAP-16")
    void blankKeyIsNoKey() {
        assertThat(account("project-api-key", "  ", "personal-api-key", "").hasKeys()).isFalse();
    }

    @Test
    @Tag("WIRE-2")
    void spaceAroundAKeyIsLeftOut() {
        assertThat(account("project-api-key", " phc_token ").projectApiKey()).contains("phc_token");
    }

    @Test
    void textShowsNoKey() {
        ResolvedAccountConfig account = account("project-api-key", "phc_token", "personal-api-key", "phx_secret");

        assertThat(account.toString()).doesNotContain("phc_token", "phx_secret").contains("default");
    }

    @Test
    void settingsFromCodeComeFirst() {
        AccountConfig config = AccountConfigs.of(Map.of("quarkus.posthog.tenant.host", "https://eu.posthog.com",
                "quarkus.posthog.tenant.ingestion-host", "https://e.example.com")).get("tenant");

        ResolvedAccountConfig account = ResolvedAccountConfig.of("tenant", config,
                AccountSettings.create().personalApiKey("phx_tenant")
                        .host(URI.create("https://posthog.example.com")).projectId(7).readTimeout(Duration.ofSeconds(1)));

        assertThat(account.api()).isEqualTo(URI.create("https://posthog.example.com"));
        assertThat(account.ingestion()).as("the configured one belongs to another host")
                .isEqualTo(URI.create("https://posthog.example.com"));
        assertThat(account.personalApiKey()).contains("phx_tenant");
        assertThat(account.projectId()).isEqualTo("7");
        assertThat(account.readTimeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void invalidSettingFromCodeIsNotBlamedOnTheConfiguration() {
        AccountConfig config = AccountConfigs.of(Map.of()).get("tenant");
        AccountSettings settings = AccountSettings.create().host(URI.create("posthog.example.com"));

        assertThatIllegalArgumentException().isThrownBy(() -> ResolvedAccountConfig.of("tenant", config, settings))
                .withMessageContainingAll("PostHog account 'tenant'", "host", "posthog.example.com")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("quarkus.posthog"));
    }
}
